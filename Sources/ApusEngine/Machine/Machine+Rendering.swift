public import ApusExpressions
public import ApusModel

extension ExecutionMachine {
    /// Renders a template of a task run; a fault of the expression is an answer, a missing fact is thrown.
    func render(_ template: Template, for place: Int, _ moment: Moment) throws(MissingFacts)
        -> Result<String, RuleFailure>
    {
        if template.isLiteral { return .success(template.source) }
        do {
            return .success(try template.render(context(for: place, moment)))
        } catch {
            guard case .missingFacts(let requests) = error.reason else {
                return .failure(RuleFailure(error.message))
            }
            throw MissingFacts(requests: requests)
        }
    }

    func renderValue(_ tree: TemplateTree, for place: Int, _ moment: Moment) throws(MissingFacts)
        -> Result<Value, RuleFailure>
    {
        do {
            return .success(try tree.render(context(for: place, moment)))
        } catch {
            guard case .missingFacts(let requests) = error.reason else {
                return .failure(RuleFailure(error.message))
            }
            throw MissingFacts(requests: requests)
        }
    }

    /// What expressions of a task run (or, without one, of the flow) are rendered with.
    func context(for place: Int?, _ moment: Moment) -> RenderContext {
        RenderContext(
            variables: ExecutionVariables(machine: self, place: place), facts: moment.facts, now: moment.now,
            seed: place.map(seed(of:)) ?? mixed(UInt64(bitPattern: moment.now.microseconds)),
            edition: flow.edition)
    }

    /// The context of one task run, or of the execution, for what is rendered outside the machine.
    ///
    /// - Returns: `nil` when there is no such task run.
    public func context(for id: TaskRun.ID?, at now: Timestamp, knowing facts: Facts) -> RenderContext? {
        guard let id else { return context(for: nil as Int?, Moment(now: now, facts: facts)) }
        guard let place = placeOf[id] else { return nil }
        return context(for: place, Moment(now: now, facts: facts))
    }
}
