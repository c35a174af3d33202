/// The tokens of a document whose chunks arrive asynchronously, such as those of a response's body.
///
///     for try await token in JSONTokens(response.body) where token.kind == .key {
///         print(token.text)
///     }
///
/// Each token has its text as a string of its own; where that is too slow a `JSONParser` is fed with the
/// chunks.
public struct JSONTokens<Chunks: AsyncSequence>: AsyncSequence
where Chunks.Element: Sequence<UInt8> {
    private let chunks: Chunks
    private let limits: JSONLimits
    private let source: String

    /// Takes the chunks: `[UInt8]`, `Data`, slices.
    ///
    /// - Parameters:
    ///   - chunks: The document's bytes.
    ///   - limits: How deep it may be, and how long a token.
    ///   - source: What it is called in errors.
    public init(_ chunks: Chunks, limits: JSONLimits = JSONLimits(), source: String = "input") {
        self.chunks = chunks
        self.limits = limits
        self.source = source
    }

    /// Begins with the first token.
    public func makeAsyncIterator() -> Iterator {
        Iterator(chunks.makeAsyncIterator(), limits, source)
    }

    /// Hands out one token after the other, those of each chunk as soon as it has arrived.
    public struct Iterator: AsyncIteratorProtocol {
        private var chunks: Chunks.AsyncIterator
        private let document: Document
        private let limits: JSONLimits
        private let source: String
        private var ready: ArraySlice<JSONToken> = []

        init(_ chunks: Chunks.AsyncIterator, _ limits: JSONLimits, _ source: String) {
            self.chunks = chunks
            self.limits = limits
            self.source = source
            document = Document()
        }

        /// The next token; nil after the last.
        ///
        /// - Throws: `JSONError` if the document is not JSON; `CancellationError` where the task was
        ///   cancelled; what the chunks throw.
        public mutating func next() async throws -> JSONToken? {
            while ready.isEmpty {
                try Task.checkCancellation()
                if document.isAtEnd { return nil }
                let chunk = try await chunks.next()
                if chunk == nil { try Task.checkCancellation() }
                ready = try document.tokens(of: chunk, limits, source)[...]
            }
            return ready.popFirst()
        }
    }

    /// The parser of one reading: it cannot be copied, as the iterator can.
    private final class Document {
        private var parser: JSONParser<TokenCollector>?
        private let collected = TokenCollector.Tokens()
        private(set) var isAtEnd = false

        /// The tokens that a chunk completes; of nil those that the end does.
        func tokens(
            of chunk: Chunks.Element?, _ limits: JSONLimits, _ source: String
        ) throws(JSONError) -> [JSONToken] {
            if parser == nil {
                parser = try JSONParser(
                    TokenCollector(tokens: collected), limits: limits, source: source)
            }
            if let chunk {
                try parser?.parse(chunk)
                try parser?.flush()
            } else {
                isAtEnd = true
                _ = try parser.take()?.finish()
            }
            defer { collected.all.removeAll(keepingCapacity: true) }
            return collected.all
        }
    }
}

/// Keeps tokens until they are asked for.
private struct TokenCollector: JSONVisitor {
    final class Tokens {
        var all: [JSONToken] = []
    }

    let tokens: Tokens

    mutating func visit(_ token: JSONToken.Kind, _ text: Span<UInt8>) {
        tokens.all.append(JSONToken(token, text.isEmpty ? "" : String(utf8: text)))
    }
}
