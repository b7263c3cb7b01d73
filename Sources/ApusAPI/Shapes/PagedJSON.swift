import ApusModel

/// `{"results": […], "total": n}`
enum PagedJSON {
    static func bytes<Item>(
        _ items: [Item], total: Int, capacity: Int = 1024, _ write: (Item, inout JSONWriter) -> Void
    ) -> [UInt8] {
        JSONWriter.object(capacity: capacity) {
            $0.list("results", items, write)
            $0.field("total", total)
        }
    }
}
