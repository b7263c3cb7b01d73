import Testing

@testable import ApusPluginsHTTP

@Suite struct AddressPolicyTests {
    @Test(
        "addresses are judged by what they reach",
        arguments: [
            ([127, 0, 0, 1], true, false), ([0, 0, 0, 0], true, false), ([169, 254, 169, 254], false, false),
            ([10, 1, 2, 3], true, false), ([172, 31, 0, 1], true, false), ([172, 32, 0, 1], true, true),
            ([192, 168, 1, 1], true, false), ([100, 64, 0, 1], true, false), ([100, 128, 0, 1], true, true),
            ([224, 0, 0, 1], false, false), ([255, 255, 255, 255], false, false), ([8, 8, 8, 8], true, true),
        ] as [([UInt8], Bool, Bool)])
    func version4(bytes: [UInt8], standard: Bool, strict: Bool) {
        #expect(AddressPolicy().allows(version4: bytes) == standard)
        let publicOnly = AddressPolicy(allowsLoopback: false, allowsLinkLocal: false, allowsPrivate: false)
        #expect(publicOnly.allows(version4: bytes) == strict)
        for prefix in [
            [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF], [0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0],
        ] {
            #expect(publicOnly.allows(version6: prefix.map(UInt8.init) + bytes) == strict)
        }
    }

    @Test(
        "the same for IPv6",
        arguments: [
            ([], [0, 1], true, false), ([], [0, 0], true, false), ([0xFE, 0x80], [1], false, false),
            ([0xFD, 0x00, 0x0E, 0xC2], [0x02, 0x54], false, false), ([0xFD, 0x12], [1], true, false),
            ([0xFF, 0x02], [1], false, false), ([0x20, 0x01, 0x0D, 0xB8], [1], true, true),
        ] as [([UInt8], [UInt8], Bool, Bool)])
    func version6(start: [UInt8], end: [UInt8], standard: Bool, strict: Bool) {
        let bytes = start + [UInt8](repeating: 0, count: 16 - start.count - end.count) + end
        #expect(AddressPolicy().allows(version6: bytes) == standard)
        let publicOnly = AddressPolicy(allowsLoopback: false, allowsLinkLocal: false, allowsPrivate: false)
        #expect(publicOnly.allows(version6: bytes) == strict)
    }
}
