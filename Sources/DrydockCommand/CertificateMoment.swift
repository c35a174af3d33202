internal import Drydock

/// The moment at which certificates are judged, and where it comes from.
struct CertificateMoment {
    /// In seconds since 1970.
    let seconds: Int
    /// What a reader of the table should know; nothing where the user chose the moment.
    let notes: [String]

    init(_ moment: ViewOptions.Moment, _ newest: Int?, now: Int) {
        switch (moment, newest) {
        case (.time(let time), _):
            (seconds, notes) = (time, [])
        case (.now, _):
            (seconds, notes) = (now, [])
        case (.capture, let newest?):
            seconds = newest
            notes = [
                "VALID CERT as of \(ClockTime.text(newest)), the newest time in the capture; "
                    + "--at now judges at the current time"
            ]
        case (.capture, nil):
            seconds = now
            notes = ["the capture names no time: VALID CERT as of now, \(ClockTime.text(now))"]
        }
    }
}
