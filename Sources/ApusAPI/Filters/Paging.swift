import ApusDatabase

/// The part of a list a client asks for.
struct Paging: Hashable {
    /// More in one answer is refused, so that one request cannot ask for everything.
    static let maxSize = Page.maxSize

    /// From 1.
    var page: Int
    /// At least 1.
    var size: Int

    /// How many come before the page.
    var offset: Int {
        let (product, overflow) = (page - 1).multipliedReportingOverflow(by: size)
        return overflow ? .max : product
    }

    var rows: Page { Page(page, size: size) }

    init(page: Int, size: Int) {
        self.page = page
        self.size = size
    }

    /// Reads `page` and `size`; an error 422 when one is below 1 or too large.
    init(_ call: Call, defaultSize: Int = 10) throws(APIError) {
        page = try call.integer("page") ?? 1
        size = try call.integer("size") ?? defaultSize
        var details: [APIError.Detail] = []
        if page < 1 { details.append(.init("must be at least 1, found \(page)", path: "page")) }
        if size < 1 { details.append(.init("must be at least 1, found \(size)", path: "size")) }
        if size > Self.maxSize {
            details.append(.init("must be at most \(Self.maxSize), found \(size)", path: "size"))
        }
        guard details.isEmpty else { throw .invalid(details) }
    }
}

/// One column of an order.
struct SortTerm<Column: RawRepresentable & CaseIterable & Hashable>: Hashable
where Column.RawValue == String {
    var column: Column
    var isDescending: Bool

    /// Reads every `sort=column:asc`; an error 422 for an unknown column or direction.
    ///
    /// Columns are cases of an enum: no text of the client reaches a query.
    static func list(_ texts: [String]) throws(APIError) -> [Self] {
        var terms: [Self] = []
        for text in texts where !text.isEmpty {
            let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
            guard let name = parts.first, let column = Column(rawValue: name) else {
                let known = Column.allCases.map { $0.rawValue }.joined(separator: ", ")
                throw .illegalArgument("cannot sort by `\(text)`; one of \(known) is expected")
            }
            switch parts.dropFirst().first?.lowercased() {
            case nil, "asc": terms.append(SortTerm(column: column, isDescending: false))
            case "desc": terms.append(SortTerm(column: column, isDescending: true))
            case .some(let direction):
                throw .illegalArgument("the direction of `sort` is asc or desc, found `\(direction)`")
            }
        }
        return terms
    }
}
