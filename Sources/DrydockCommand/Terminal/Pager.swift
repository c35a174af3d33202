internal import StrictJSON

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// The program that shows long output a screen at a time, as git runs it: `$DRYDOCK_PAGER`, else
/// `$PAGER`, else `less`, which ends by itself where everything fits on the screen.
struct Pager {
    private let process: pid_t

    /// Starts it, and puts it between standard output and the terminal; nil where standard output is
    /// no terminal, where the user wants none (`cat`, or empty), or where it does not start.
    static func start() -> Pager? {
        guard Terminal.isOutputTerminal, let command = command() else { return nil }
        var ends: [CInt] = [0, 0]
        guard pipe(&ends) == 0 else { return nil }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, ends[0], STDIN_FILENO)
        posix_spawn_file_actions_addclose(&actions, ends[0])
        posix_spawn_file_actions_addclose(&actions, ends[1])
        // -F: end where it fits, -R: let colours pass, -X: leave the text on the screen.
        setenv("LESS", "FRX", 0)
        var process = pid_t()
        let texts: [String] = ["/bin/sh", "-c", command]
        var words = texts.map { strdup($0) }
        words.append(nil)
        defer { for word in words { free(word) } }
        let status = posix_spawn(&process, "/bin/sh", &actions, nil, words, environ)
        close(ends[0])
        guard status == 0 else {
            close(ends[1])
            return nil
        }
        dup2(ends[1], STDOUT_FILENO)
        close(ends[1])
        return Pager(process: process)
    }

    /// Says that there is no more, and waits until the reader has done with it.
    func finish() {
        close(STDOUT_FILENO)
        var status: CInt = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
    }

    private static func command() -> String? {
        let names: [String] = ["DRYDOCK_PAGER", "PAGER"]
        let texts = names.compactMap { name in getenv(name).map { String(cString: $0) } }
        let command = texts.first ?? "less"
        return command.isEmpty || command == "cat" ? nil : command
    }
}
