internal import DrydockDiff
internal import Reporting
internal import StrictJSON

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// Writes to a descriptor, in large pieces. The first failure is kept and ends all writing.
struct DescriptorOutput: ByteOutput {
    private let descriptor: CInt
    private var buffer: [UInt8] = []
    private(set) var failure: CInt = 0

    private static let capacity = 64 << 10

    init(_ descriptor: CInt) {
        self.descriptor = descriptor
        if Terminal.closedStreams.contains(descriptor) { failure = EBADF }
    }

    mutating func write(_ bytes: ArraySlice<UInt8>) {
        buffer.append(contentsOf: bytes)
        if buffer.count >= DescriptorOutput.capacity { flush() }
    }

    /// Writes what is left.
    mutating func flush() {
        var start = 0
        while start < buffer.count, failure == 0 {
            let written = buffer.withUnsafeBytes { bytes in
                #if canImport(Glibc)
                    Glibc.write(
                        descriptor, bytes.baseAddress.map { $0 + start }, bytes.count - start)
                #else
                    Darwin.write(
                        descriptor, bytes.baseAddress.map { $0 + start }, bytes.count - start)
                #endif
            }
            if written < 0, errno != EINTR { failure = errno }
            start += max(0, written)
        }
        buffer.removeAll(keepingCapacity: true)
    }
}

/// The user's surroundings: the command asks, the library does not.
enum Terminal {
    /// Whether text is coloured when the user says nothing.
    static var wantsColor: Bool {
        isOutputTerminal && getenv("NO_COLOR").map { $0.pointee == 0 } ?? true
            && getenv("TERM").map { String(cString: $0) != "dumb" } ?? false
    }

    /// How many characters fit into a line of the terminal that standard output is; nil for a file or
    /// a pipe.
    static var width: Int? {
        var size = winsize()
        // Behind a pager standard output is a pipe; the terminal is still there for errors or input.
        let terminal = [STDOUT_FILENO, STDERR_FILENO, STDIN_FILENO].first { isatty($0) != 0 }
        guard isOutputTerminal, let terminal, ioctl(terminal, UInt(TIOCGWINSZ), &size) == 0,
            size.ws_col > 0
        else { return nil }
        return Int(size.ws_col)
    }

    /// Whether standard output was a terminal when the command began, though a pager may stand
    /// between by now.
    static let isOutputTerminal = isatty(STDOUT_FILENO) != 0

    /// Whether progress is shown: standard error is a terminal that can go back in a line.
    static var showsProgress: Bool {
        isatty(STDERR_FILENO) != 0 && getenv("TERM").map { String(cString: $0) != "dumb" } ?? false
    }

    /// The user's time zone.
    static let localZone = ClockZone { seconds in
        var time = time_t(seconds)
        var parts = tm()
        guard localtime_r(&time, &parts) != nil, let name = parts.tm_zone else {
            return ClockZone.Reading(offset: 0, abbreviation: "UTC")
        }
        return ClockZone.Reading(offset: parts.tm_gmtoff, abbreviation: String(cString: name))
    }

    /// The time, in seconds since 1970.
    static var now: Int { time(nil) }

    /// Which of the three standard streams were closed when the command began. The number of one is
    /// free, and goes to `/dev/null`, so that no file that is opened later passes for it; or the
    /// system's own event descriptor has it, which is no file of any type.
    static let closedStreams: Set<CInt> = {
        var closed: Set<CInt> = []
        for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] {
            var status = stat()
            if fstat(descriptor, &status) < 0 {
                closed.insert(descriptor)
                _ = open("/dev/null", O_RDWR)
            } else if status.st_mode & S_IFMT == 0 {
                closed.insert(descriptor)
            }
        }
        return closed
    }()

    /// Writes lines to standard error that are no failure.
    static func warn(_ lines: [String]) {
        var output = DescriptorOutput(STDERR_FILENO)
        for line in lines { output.write("drydock: \(PrintableText.line(line))\n") }
        output.flush()
    }

    /// A pipe whose reader has gone is an error of the write, not a signal.
    static func ignoreBrokenPipes() {
        signal(SIGPIPE, SIG_IGN)
    }

    /// Whether there is a file or folder of a name.
    static func fileExists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// Whether a path names something that can be read, and no folder.
    static func isFile(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFDIR
    }

    /// Why a write failed.
    static func reason(_ code: CInt) -> String {
        code == EBADF ? "it is closed" : String(cString: strerror(code))
    }
    static func isBrokenPipe(_ code: CInt) -> Bool { code == EPIPE }
}
