package io.tandem.routing.model;

/**
 * A way out of a condition that has a name.
 *
 * @param name the outcome, empty in a draft that does not say.
 */
public record FlowBranch(String name, FlowTest test) {
    /** Reads one and reports what is wrong with it. */
    static FlowBranch read(final FlowFields fields) {
        final String name = fields.neededVariable("name");
        if (name.equals(FlowOutcomes.DEFAULT)) {
            fields.refuse("name", "must not be " + FlowOutcomes.DEFAULT, "choose another name");
        }
        final FlowTest test = FlowTest.read(fields);
        fields.need("operator", "give it a value");
        return new FlowBranch(name, test);
    }
}
