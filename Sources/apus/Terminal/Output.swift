import ApusCommandLine
import Foundation
import Synchronization

/// Standard output or standard error, written at once and without buffering.
final class Output: Sendable {
    static let standard = Output(STDOUT_FILENO)
    static let errors = Output(STDERR_FILENO)

    private let descriptor: Int32
    private let closed = Mutex(false)
    let isTerminal: Bool

    private init(_ descriptor: Int32) {
        self.descriptor = descriptor
        isTerminal = isatty(descriptor) == 1 && ProcessInfo.processInfo.environment["TERM"] != "dumb"
    }

    /// Colours on a terminal, unless NO_COLOR is set (https://no-color.org).
    var palette: Palette {
        let refuses = ProcessInfo.processInfo.environment["NO_COLOR"].map { !$0.isEmpty } ?? false
        return Palette(isColoured: isTerminal && !refuses)
    }

    /// Whether nobody reads any more, as after `| head`. What is written then is dropped.
    var isClosed: Bool { closed.withLock { $0 } }

    func line(_ text: String) { write(text + "\n") }

    func write(_ text: String) { write(Array(text.utf8)) }

    func write(_ bytes: [UInt8]) {
        closed.withLock { isClosed in
            var rest = bytes[...]
            while !rest.isEmpty, !isClosed {
                let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
                if count > 0 {
                    rest = rest.dropFirst(count)
                } else if errno == EAGAIN {
                    var wait = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                    poll(&wait, 1, 1000)
                } else if errno != EINTR {
                    isClosed = true
                }
            }
        }
    }

    /// Columns and lines of the terminal; 80 by 24 where it does not tell.
    var size: (width: Int, height: Int) {
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else {
            return (80, 24)
        }
        return (Int(size.ws_col), Int(size.ws_row))
    }
}
