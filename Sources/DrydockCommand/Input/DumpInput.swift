internal import Drydock
internal import StrictJSON

/// Opens the files that a command line names.
enum DumpInput {
    /// Reads a dump: a file, compressed or not, or standard input.
    static func dump(_ path: String, limits: JSONLimits) throws(CommandFailure) -> ConfigDump {
        do throws(ConfigDumpError) {
            let dump = try ConfigDump(file(path), limits: limits)
            Terminal.warn(dump.warnings.map { "\(dump.source): \($0)" })
            return dump
        } catch {
            throw CommandFailure(error)
        }
    }

    /// Opens a capture of an Envoy's admin port: a file, compressed or not, or standard input.
    static func capture(_ path: String, limits: JSONLimits) throws(CommandFailure) -> AdminCapture {
        do throws(ConfigDumpError) {
            return AdminCapture(try file(path), limits: limits)
        } catch {
            throw CommandFailure(error)
        }
    }

    /// Reads an Istiod's sync status: a file, compressed or not, or standard input.
    static func syncStatus(_ path: String) throws(CommandFailure) -> SyncStatus {
        do throws(ConfigDumpError) {
            return try SyncStatus(file(path))
        } catch {
            throw CommandFailure(error)
        }
    }

    /// Opens a file, or standard input.
    private static func file(_ path: String) throws(ConfigDumpError) -> InputFile {
        do throws(FileError) {
            return path == "-"
                ? try InputFile(descriptor: 0, name: "standard input") : try InputFile(path: path)
        } catch {
            throw ConfigDumpError(error)
        }
    }

    /// The failure where a path is given as a bundle and is not one; `usage` says what the command takes.
    static func notABundle(_ path: String, _ usage: String) -> CommandFailure {
        do throws(ConfigDumpError) {
            let format = try CaptureFormat(contentsOfFile: path)
            return CommandFailure(
                code: "usage", message: "this is \(format.name), not a bundle: \(usage)", file: path
            )
        } catch {
            return CommandFailure(error)
        }
    }
}
