import ApusModel
import Testing

@Suite struct StateHistoryTests {
    @Test("a history of equal rounds does not grow for ever, and ends with the last one")
    func rounds() {
        var history = StateHistory(at: Timestamp(microseconds: 0))
        for round in 1...1000 {
            for (place, state) in [State.running, .paused, .restarted].enumerated() {
                history.enter(state, at: Timestamp(microseconds: Int64(3 * round + place)))
            }
        }
        #expect(history.histories.count <= 101)
        #expect(history.histories.first?.state == .created)
        #expect(history.histories.last?.date == Timestamp(microseconds: 3002))
        let dates = history.histories.map(\.date)
        #expect(dates == dates.sorted())
    }

    @Test("a long history without rounds is kept whole")
    func whole() {
        var history = StateHistory(at: Timestamp(microseconds: 0))
        let states: [State] = [.running, .paused, .restarted, .queued, .killing]
        for place in 0..<200 {
            history.enter(states[place % 5], at: Timestamp(microseconds: Int64(place + 1)))
        }
        #expect(history.histories.count == 201)
    }
}
