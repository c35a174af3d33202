internal import Drydock

/// The moment at which certificates are judged, and where it comes from.
struct CertificateMoment {
    /// In seconds since 1970.
    let seconds: Int
    /// What a reader of the table should know; nothing where the user chose the moment.
    let notes: [String]

    /// Takes the newest times that the capture and the bundle around it name.
    init(_ moment: ViewOptions.Moment, _ captured: Int?, bundle: Int?, now: Int) {
        let isOfBundle = bundle.map { $0 > captured ?? Int.min } ?? false
        switch (moment, isOfBundle ? bundle : captured) {
        case (.time(let time), _):
            (seconds, notes) = (time, [])
        case (.now, _):
            (seconds, notes) = (now, [])
        case (.capture, let newest?):
            seconds = newest
            notes = [
                "VALID CERT as of \(ClockTime.text(newest)), the newest time in the "
                    + (isOfBundle ? "bundle" : "capture") + "; --at now judges at the current time"
            ]
        case (.capture, nil):
            seconds = now
            notes = ["the capture names no time: VALID CERT as of now, \(ClockTime.text(now))"]
        }
    }
}
