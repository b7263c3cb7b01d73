import ApusModel

extension DecimalPattern {
    /// A number in this form; a half goes to the even neighbour.
    func text(of number: DecimalDigits) -> String {
        guard !number.isNaN else { return "NaN" }
        let digits = number.isFinite ? exponent.map { scientific(number, $0) } ?? plain(number) : "∞"
        return number.isNegative ? negative.prefix + digits + negative.suffix : prefix + digits + suffix
    }

    private func plain(_ number: DecimalDigits) -> String {
        var number = number
        number.round(keeping: number.point + maximumFraction)
        var whole = (0..<max(0, number.point)).map { number.digit($0) }
        var fraction =
            number.point < number.digits.count
            ? (number.point..<number.digits.count).map { number.digit($0) } : []
        while fraction.count < minimumFraction { fraction.append(0) }
        whole.insert(contentsOf: repeatElement(0, count: max(0, minimumWhole - whole.count)), at: 0)
        if whole.isEmpty, fraction.isEmpty { whole = [0] }
        var text = ""
        for (place, digit) in whole.enumerated() {
            if let grouping, place > 0, (whole.count - place).isMultiple(of: grouping) { text += "," }
            text += String(digit)
        }
        if !fraction.isEmpty || alwaysHasPoint { text += "." }
        for digit in fraction { text += String(digit) }
        return text
    }

    private func scientific(_ number: DecimalDigits, _ exponent: Exponent) -> String {
        var number = number
        number.round(keeping: exponent.maximumWhole + maximumFraction)
        var power = number.point
        var least = minimumWhole
        if exponent.maximumWhole > 1, exponent.maximumWhole > minimumWhole {
            // The power is a multiple of the digits before the point.
            power = (number.point - 1).flooredQuotient(exponent.maximumWhole) * exponent.maximumWhole
            least = 1
        } else {
            power -= minimumWhole
        }
        if number.digits.isEmpty { power = 0 }
        let whole = number.digits.isEmpty ? least : number.point - power
        let count = max(minimumWhole + minimumFraction, whole, number.digits.count)
        var text = ""
        for place in 0..<count {
            if place == whole { text += "." }
            text += String(number.digit(place))
        }
        if alwaysHasPoint, count == whole { text += "." }
        let digits = String(abs(power))
        text += "E" + (power < 0 ? "-" : "")
        return text + String(repeating: "0", count: max(0, exponent.minimumDigits - digits.count)) + digits
    }
}

extension Int {
    fileprivate func flooredQuotient(_ divisor: Int) -> Int {
        self / divisor - (self % divisor < 0 ? 1 : 0)
    }
}
