internal import DrydockDiff
package import EnvoyConfig
internal import StrictJSON

/// What an Istiod's log says: when it last pushed, how late it was when the log ended, and what its
/// proxies refused.
package struct IstiodLogReader: LineReader {
    package private(set) var lastTime: CaptureTime?
    /// The time in the version of the last push: `Pushing … Version:2026-11-23T18:11:48Z/2`.
    package private(set) var lastPush: CaptureTime?
    /// What each proxy refused last of each type:
    /// `ADS:RDS: ACK ERROR reviews-v1-….default-12 Internal:Only unique values …`
    package private(set) var rejections: [String: [ResourceKind: LoggedRejection]] = [:]

    package init() {}

    package mutating func finish() {}

    package mutating func read(_ line: UnsafeRawBufferPointer) {
        guard LogTime.begins(line) else { return }
        if let time = LogTime.read(line) { lastTime = max(time, lastTime ?? time) }
        if line.firstPlace(of: "XDS: Pushing ") != nil,
            let mark = line.firstPlace(of: " Version:"),
            let time = CaptureTime(
                line.text(from: mark + " Version:".utf8.count).prefix { $0 != "/" })
        {
            lastPush = max(time, lastPush ?? time)
        }
        readRejection(line)
    }

    private mutating func readRejection(_ line: UnsafeRawBufferPointer) {
        guard let mark = line.firstPlace(of: ": ACK ERROR "),
            let start = line.firstPlace(of: "ADS:"), start < mark
        else { return }
        let name = String(decoding: line[(start + "ADS:".utf8.count)..<mark], as: UTF8.self)
        let words = line.text(from: mark + ": ACK ERROR ".utf8.count)
            .split(separator: " ", maxSplits: 1)
        // The connection's name is the proxy's with a number.
        guard words.count == 2, let dash = words[0].lastIndex(of: "-"),
            let kind = ProxySyncStatus.typeNames.first(where: { $0.name == name })?.kind
        else { return }
        var text = words[1]
        // The code of gRPC, such as `Internal:`, stands before the text without a space.
        if let colon = text.firstIndex(of: ":"), text[..<colon].allSatisfy(\.isLetter),
            !text[colon...].hasPrefix(": ")
        {
            text = text[text.index(after: colon)...]
        }
        rejections[String(words[0][..<dash]), default: [:]][kind] = LoggedRejection(
            String(text), at: LogTime.read(line))
    }
}
