import CorpusSupport
import Drydock
import Foundation
import StrictJSON
import SupportBundles

/// The dumps in a bug-report, by pod.
enum BundledDumps {
    /// Reads `proxies/NAMESPACE/POD/config_dump?include_eds` of every pod.
    static func read(_ bundle: URL) throws -> [String: ConfigDump] {
        var dumps: [String: ConfigDump] = [:]
        let reader = try ArchiveReader(
            InputFile(path: bundle.path), format: .tar,
            limits: .init(freeLength: 1 << 30))
        while let entry = try reader.next() {
            let parts = entry.path.split(separator: "/")
            guard parts.last == "config_dump?include_eds", parts.contains("proxies") else {
                continue
            }
            var bytes: [UInt8] = []
            try reader.forEachChunk(failure: { $0 as any Error }) {
                bytes.append(contentsOf: $0)
            }
            dumps[String(parts[parts.count - 2])] = try ConfigDump(bytes: bytes)
        }
        return dumps
    }
}
