/// Seeds that broke a promise once, with what they found.
enum RegressionSeeds {
    static let all: [UInt64] = [
        // A pause in `afterExecution` could not be resumed: the execution has ended and is not PAUSED.
        1311
    ]
}
