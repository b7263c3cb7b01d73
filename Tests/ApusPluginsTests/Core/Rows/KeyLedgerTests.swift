import Testing

@testable import ApusPluginsCore

@Suite struct KeyLedgerTests {
    @Test("the last row of each key stays, whether keys fit into memory or not", arguments: [8 << 20, 2400])
    func last(bufferBytes: Int) throws {
        let files = ScratchFiles()
        let ledger = KeyLedger(in: try files.folder(), bufferBytes: bufferBytes)
        for row in 0..<10_000 { try ledger.add("key \(row % 700)") }
        let (rows, keys) = try ledger.lastRows()
        #expect(keys == 700)
        #expect((0..<10_000).filter(rows.contains) == Array(9300..<10_000))
        #expect(ledger.peakBytes <= bufferBytes)
    }

    @Test("without rows there are no keys")
    func empty() throws {
        let ledger = KeyLedger(in: try ScratchFiles().folder())
        let (rows, keys) = try ledger.lastRows()
        #expect(keys == 0 && !rows.contains(0) && !rows.contains(-1) && !rows.contains(1 << 40))
    }
}
