import ApusModel

extension StateHistory {
    /// `{current, histories: [{state, date}], duration, startDate, endDate?}`
    ///
    /// - Parameter now: The end of the duration of what has not ended.
    func write(to object: inout JSONObject, now: Timestamp) {
        object.field("current", current.rawValue)
        object.list("histories", histories) { entry, writer in
            writer.object {
                $0.field("state", entry.state.rawValue)
                $0.field("date", entry.date)
            }
        }
        let end = endDate ?? Swift.max(now, startDate)
        object.field("duration", end.since(startDate).iso)
        object.field("startDate", startDate)
        object.field("endDate", endDate)
    }
}
