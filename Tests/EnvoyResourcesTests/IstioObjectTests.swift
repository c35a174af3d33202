import EnvoyConfig
import EnvoyResources
import Testing

@Suite struct IstioObjectTests {
    @Test("The path of an object has a group, a version, a namespace, a kind and a name")
    func parts() throws {
        let object = try #require(
            IstioObject(
                path: "/apis/networking.istio.io/v1/namespaces/default/destination-rule/reviews"))
        #expect(object.group == "networking.istio.io")
        #expect(object.version == "v1")
        #expect(object.namespace == "default")
        #expect(object.kind == "destination-rule")
        #expect(object.name == "reviews")
        #expect(object.description == "destination-rule reviews in default")
    }

    @Test(
        "Any other path names no object",
        arguments: [
            ("", false), ("reviews", false), ("/apis/g/v1/nodes/n/kind/name", false),
            ("/apis/g/v1/namespaces", true), ("/apis/g/v1/namespaces/n/kind", true),
            ("/apis/g/v1/namespaces/n/kind/name/more", true),
            ("apis/g/v1/namespaces/n/kind/name", false),
        ])
    func others(_ path: String, isNamespaced: Bool) {
        #expect(IstioObject(path: path) == nil)
        #expect(IstioObject.isNamespaced(path) == isNamespaced)
    }

    private func address(_ members: [(String, CanonicalValue)]) -> Address {
        Address(.members(members))
    }

    @Test("An address as the three places print it")
    func addresses() {
        func socket(_ host: String) -> Address {
            address([
                (
                    "socketAddress",
                    .members([("address", .string(host)), ("portValue", .literal("80"))])
                )
            ])
        }
        let pipe = address([("pipe", .members([("path", .string("/run/x"))]))])
        let inner = address([
            (
                "envoyInternalAddress",
                .members([("serverListenerName", .string("l")), ("endpointId", .string("e"))])
            )
        ])
        let all = [socket("10.0.0.1"), socket("fd00::1"), pipe, inner, address([])]
        #expect(all.map(\.text) == ["10.0.0.1:80", "[fd00::1]:80", "/run/x", "envoy://l/e", nil])
        #expect(
            all.map(\.tableText) == ["10.0.0.1:80", "fd00::1:80", "/run/x", "envoy://l/e", nil])
        #expect(
            all.map(\.hostText) == ["10.0.0.1", "fd00::1", "unix:///run/x", "envoy://l/e", nil])
    }

    @Test(
        "A locality up to the first part that is not known",
        arguments: [
            ("r", "z", "s", "r/z/s"), ("r", "z", "", "r/z"), ("r", "", "", "r"), ("", "", "", ""),
            ("r", "", "s", "r"),
        ])
    func localities(_ region: String, _ zone: String, _ subZone: String, _ text: String) {
        let locality = Locality(
            .members([
                ("region", .string(region)), ("zone", .string(zone)), ("subZone", .string(subZone)),
            ]))
        #expect(locality.text == text)
    }
}
