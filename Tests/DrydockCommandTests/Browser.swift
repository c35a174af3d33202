import CorpusSupport
import Foundation
import Testing

/// A headless Chromium, driven over WebDriver on the loopback.
final class Browser {
    private let driver: Process
    private let port: Int
    private var session = ""

    private static let driverPath = "/usr/bin/chromedriver"
    private static let curlPath = "/usr/bin/curl"

    /// Whether `make setup` has installed it.
    static let isInstalled = [driverPath, curlPath].allSatisfy {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    init(isDark: Bool = false) async throws {
        port = Int.random(in: 20_000..<60_000)
        driver = Process()
        driver.executableURL = URL(fileURLWithPath: Browser.driverPath)
        driver.arguments = ["--port=\(port)", "--silent"]
        driver.standardOutput = FileHandle.nullDevice
        driver.standardError = FileHandle.nullDevice
        try driver.run()
        var arguments = [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--window-size=1400,1000",
        ]
        if isDark { arguments.append("--force-dark-mode") }
        let capabilities: [String: Any] = [
            "capabilities": ["alwaysMatch": ["goog:chromeOptions": ["args": arguments]]]
        ]
        var value: Any?
        for attempt in 0..<100 where value == nil {
            do {
                value = try await send("POST", "/session", capabilities)
            } catch {
                // The driver takes a moment to listen.
                if attempt == 99 { throw error }
                try await Task.sleep(for: .milliseconds(100))
            }
        }
        session = try #require((value as? [String: Any])?["sessionId"] as? String)
    }

    /// Ends the browser and its driver.
    func close() async {
        _ = try? await send("DELETE", "/session/\(session)", nil)
        // It does not end by a signal.
        _ = try? await send("GET", "/shutdown", nil)
    }

    func open(_ path: String) async throws {
        _ = try await send(
            "POST", "/session/\(session)/url", ["url": URL(fileURLWithPath: path).absoluteString])
    }

    /// Clicks the first element that CSS selects, as a mouse does.
    func click(_ selector: String) async throws {
        _ = try await send("POST", "\(try await element(selector))/click", [String: String]())
    }

    /// Types into an element; `\u{E007}` is the Enter key.
    func type(_ text: String, into selector: String) async throws {
        _ = try await send("POST", "\(try await element(selector))/value", ["text": text])
    }

    /// What a script returns.
    func run(_ script: String) async throws -> Any? {
        try await send(
            "POST", "/session/\(session)/execute/sync", ["script": script, "args": [String]()])
    }

    /// The text of the view that is shown.
    func text() async throws -> String {
        try await run(
            "return [...document.querySelectorAll('main')].find(m => !m.hidden).innerText")
            as? String ?? ""
    }

    /// What the browser complained of.
    func errors() async throws -> [String] {
        try await run("return window.failures || []") as? [String] ?? []
    }

    private func element(_ selector: String) async throws -> String {
        let value = try await send(
            "POST", "/session/\(session)/element", ["using": "css selector", "value": selector])
        let id = try #require((value as? [String: String])?.values.first, "\(selector)")
        return "/session/\(session)/element/\(id)"
    }

    private func send(_ method: String, _ path: String, _ body: Any?) async throws -> Any? {
        var arguments = ["-sS", "-m", "120", "-X", method, "http://127.0.0.1:\(port)\(path)"]
        if let body {
            let data = try JSONSerialization.data(withJSONObject: body)
            arguments += ["--data-binary", String(decoding: data, as: UTF8.self)]
        }
        let outcome = try Command.run(URL(fileURLWithPath: Browser.curlPath), arguments)
        guard outcome.status == 0 else { throw Failure(text: outcome.errorText) }
        let value = try outcome.json()["value"]
        if let failure = value as? [String: Any], let error = failure["error"] as? String {
            throw Failure(text: "\(path): \(error): \(failure["message"] ?? "")")
        }
        return value
    }

    struct Failure: Error { var text: String }
}
