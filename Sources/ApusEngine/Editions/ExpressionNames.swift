import ApusModel

/// Functions and filters that only one edition has, found in a text without parsing it: which of two parsers to take
/// is just what is being decided.
struct ExpressionNames {
    var edition: Edition
    var words: String

    private static let functions: [(name: String, edition: Edition)] =
        [
            "dayOfWeek", "isWeekend", "dayOfMonth", "monthOfYear", "hourOfDay", "isDayWeekInMonth",
            "isLastWorkingDay", "isPublicHoliday", "loopOutputs",
        ].map { ($0, .two) } + [("json", .one)]
    private static let filters: [(name: String, edition: Edition)] =
        ["regexMatch", "regexReplace", "regexExtract"].map { ($0, .two) } + [("json", .one)]

    /// The names in the expressions of a text; none in a text without expressions.
    static func found(in text: String) -> [ExpressionNames] {
        guard text.utf8.contains(UInt8(ascii: "{")) else { return [] }
        var found: [ExpressionNames] = []
        for word in ExpressionWords(text) {
            if word.isCalled, let function = functions.first(where: { $0.name == word.name }), !word.isFilter
            {
                found.append(Self(edition: function.edition, words: "the function `\(function.name)`"))
            }
            if word.isFilter, let filter = filters.first(where: { $0.name == word.name }) {
                found.append(Self(edition: filter.edition, words: "the filter `\(filter.name)`"))
            }
        }
        return found
    }
}
