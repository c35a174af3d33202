internal import Drydock

/// Opens the files that a command line names.
enum DumpInput {
    /// Reads a dump: a file, compressed or not, or standard input.
    static func dump(_ path: String, limits: JSONLimits) throws(CommandFailure) -> ConfigDump {
        do throws(ConfigDumpError) {
            return path == "-"
                ? try ConfigDump.reading(descriptor: 0, source: "standard input", limits: limits)
                : try ConfigDump.reading(file: path, limits: limits)
        } catch {
            throw CommandFailure(error)
        }
    }

    /// Opens a capture of an Envoy's admin port: a file, compressed or not, or standard input.
    static func capture(_ path: String, limits: JSONLimits) throws(CommandFailure) -> AdminCapture {
        do throws(ConfigDumpError) {
            return path == "-"
                ? AdminCapture.reading(descriptor: 0, source: "standard input", limits: limits)
                : try AdminCapture.reading(file: path, limits: limits)
        } catch {
            throw CommandFailure(error)
        }
    }

    /// Reads an Istiod's sync status: a file, compressed or not, or standard input.
    static func syncStatus(_ path: String) throws(CommandFailure) -> SyncStatus {
        do throws(ConfigDumpError) {
            return path == "-"
                ? try SyncStatus.reading(descriptor: 0, source: "standard input")
                : try SyncStatus.reading(file: path)
        } catch {
            throw CommandFailure(error)
        }
    }

    /// The limits that the options set.
    static func limits(_ arguments: ParsedArguments) throws(UsageError) -> JSONLimits {
        guard let text = arguments.value("max-depth") else { return JSONLimits() }
        guard let depth = Int(text), (1...JSONLimits.maximumDepth).contains(depth) else {
            throw UsageError(
                "--max-depth \(text): a number from 1 to \(JSONLimits.maximumDepth) is wanted")
        }
        return JSONLimits(depth: depth)
    }
}
