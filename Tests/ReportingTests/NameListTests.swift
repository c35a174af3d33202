import Reporting
import Testing

@Suite struct NameListTests {
    @Test(
        "The first names, and how many more there are",
        arguments: [
            (0, ""), (1, "a1"), (3, "a1, a2, a3"), (4, "a1, a2, a3 and 1 more"),
            (9, "a1, a2, a3 and 6 more"),
        ])
    func list(_ count: Int, _ text: String) {
        let names = (0..<count).map { "a\($0 + 1)" }
        #expect(NameList.text(names, limit: 3) == text)
    }
}
