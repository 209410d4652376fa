package io.tandem.routing.number;

import java.util.List;
import java.util.regex.Pattern;

/**
 * How a country dials: the text of its expressions, compiled when first asked for, since most countries never are.
 *
 * @param numbers its national numbers, without any prefix.
 * @param internationalPrefix what is dialled before a foreign number.
 * @param nationalPrefix what is dialled before a national number, and what a carrier's code may add to it; empty for nothing.
 * @param prefix the plain national prefix, such as 0; empty for none.
 * @param transform what becomes of a number with that prefix, where it is not just left off; may be empty.
 * @param forms how its numbers are written; the first that fits counts.
 */
record NationalPlan(
        int country,
        int callingCode,
        String numbers,
        String internationalPrefix,
        String prefix,
        String nationalPrefix,
        String transform,
        List<Form> forms) {
    /**
     * How some of its numbers are written.
     *
     * @param leading what they begin with; empty for anything.
     * @param whole all of such a number.
     * @param prefixed whether they are written, and dialled, with the national prefix.
     */
    record Form(String leading, String whole, boolean prefixed) {}

    /** The expressions, ready for one thread. */
    Dialling dialling() {
        return new Dialling(
                callingCode,
                Pattern.compile(numbers).matcher(""),
                Pattern.compile(internationalPrefix).matcher(""),
                nationalPrefix.isEmpty() ? null : Pattern.compile(nationalPrefix).matcher(""),
                transform,
                prefix.startsWith("0") ? forms : List.of());
    }
}
