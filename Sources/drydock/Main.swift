import DrydockCommand

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

@main
struct Main {
    static func main() async {
        exit(await DrydockCommand.run(Array(CommandLine.arguments.dropFirst())))
    }
}
