package io.tandem.routing.model;

import io.tandem.routing.number.Country;
import java.util.List;
import java.util.TreeSet;

/** Countries in fields: two letters in either case, kept in capitals. */
final class Countries {
    /** More than there are countries. */
    static final int LIST_MAX = 300;

    private static final String RULE = "must be a country of ISO 3166 in two letters";
    private static final String MEND = "write it like DE";

    private Countries() {}

    /** A country, or an empty text. */
    static String read(final Fields fields, final String field) {
        final String text = fields.text(field, "");
        if (text.isEmpty()) {
            return "";
        }
        final int country = Country.parse(text);
        if (country == Country.NONE) {
            fields.refuse(field, RULE, MEND);
        }
        return Country.text(country);
    }

    /** Countries, each once, by letters. */
    static List<String> readList(final Fields fields, final String field) {
        final List<String> texts = fields.texts(field);
        if (texts.size() > LIST_MAX) {
            fields.refuse(field, "must have at most " + LIST_MAX + " entries", "name each country once");
            return List.of();
        }
        final TreeSet<String> countries = new TreeSet<>();
        for (final String text : texts) {
            final int country = Country.parse(text);
            if (country == Country.NONE) {
                fields.refuse(field, "must hold countries of ISO 3166 in two letters: " + text, MEND);
            } else {
                countries.add(Country.text(country));
            }
        }
        return List.copyOf(countries);
    }
}
