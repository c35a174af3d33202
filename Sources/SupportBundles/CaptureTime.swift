internal import CanonicalForm

/// A moment that a capture names, to the nanosecond.
public struct CaptureTime: Sendable, Hashable, Comparable {
    /// Seconds since 1970.
    public var seconds: Int
    /// And nanoseconds.
    public var nanoseconds: Int

    /// Makes a moment.
    public init(seconds: Int, nanoseconds: Int = 0) {
        self.seconds = seconds
        self.nanoseconds = nanoseconds
    }

    /// Reads RFC 3339; nil where it is none.
    public init?(_ text: some StringProtocol) {
        let time = Array(text.utf8).withUnsafeBufferPointer { TimeText.timestamp($0) }
        guard let time else { return nil }
        self.init(seconds: time.seconds, nanoseconds: time.nanoseconds)
    }

    /// Which comes first.
    public static func < (left: CaptureTime, right: CaptureTime) -> Bool {
        (left.seconds, left.nanoseconds) < (right.seconds, right.nanoseconds)
    }

    /// How many seconds passed since an earlier moment.
    public func seconds(since earlier: CaptureTime) -> Double {
        Double(seconds - earlier.seconds) + Double(nanoseconds - earlier.nanoseconds) / 1e9
    }
}
