package io.tandem.routing.model;

/**
 * What is played while digits are asked for, each {@link ResourceId#NIL} if nothing is.
 *
 * @param prompt at first.
 * @param reprompt before another try.
 * @param invalid after digits that mean nothing.
 */
public record FlowPrompts(ResourceId prompt, ResourceId reprompt, ResourceId invalid) {
    static FlowPrompts read(final FlowFields fields) {
        return new FlowPrompts(
                fields.reference("promptAudioId", ResourceKind.MEDIA),
                fields.reference("repromptAudioId", ResourceKind.MEDIA),
                fields.reference("invalidAudioId", ResourceKind.MEDIA));
    }

    static void checkDigits(final FlowFields fields, final int least, final int most) {
        if (fields.given("minDigits") && fields.given("maxDigits") && least > most) {
            fields.refuse("minDigits", "must not be above maxDigits", "lower it");
        }
    }
}
