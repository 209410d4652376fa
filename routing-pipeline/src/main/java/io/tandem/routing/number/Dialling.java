package io.tandem.routing.number;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes national digits of one country international. One thread: the matchers are reused, and a try allocates nothing. */
final class Dialling {
    private final String callingCode;
    private final Matcher numbers;
    private final Matcher internationalPrefix;
    private final Matcher nationalPrefix;
    private final String transform;
    private final List<Form> forms;
    private final DialString rest = new DialString();
    private final DialString whole = new DialString();

    Dialling(
            final int callingCode,
            final Matcher numbers,
            final Matcher internationalPrefix,
            final Matcher nationalPrefix,
            final String transform,
            final List<NationalPlan.Form> forms) {
        this.callingCode = Integer.toString(callingCode);
        this.numbers = numbers;
        this.internationalPrefix = internationalPrefix;
        this.nationalPrefix = nationalPrefix;
        this.transform = transform;
        this.forms = forms.stream().map(Form::new).toList();
    }

    /** Reads digits with a prefix as somebody in the country dials them; {@link E164#NONE} if they have none that the plan knows. */
    long prefixed(final DialString digits) {
        final long foreign = foreign(digits);
        if (foreign != E164.NONE) {
            return foreign;
        }
        final long national = nationalPrefix == null ? E164.NONE : behindNationalPrefix(digits);
        if (national != E164.NONE) {
            return national;
        }
        return ownCode(digits) ? E164.parse(digits) : E164.NONE;
    }

    /** Reads a national number without any prefix; {@link E164#NONE} if it is none. */
    long bare(final DialString digits) {
        return isNumber(digits) ? international(digits) : E164.NONE;
    }

    /** Reads digits with a prefix or without; {@link E164#NONE} if the plan knows no such number. */
    long reading(final DialString digits) {
        final long prefixed = prefixed(digits);
        return prefixed == E164.NONE ? bare(digits) : prefixed;
    }

    /** Whether a national number is never dialled without a prefix that begins with 0, so that those without are hardly its own. */
    boolean needsPrefix(final DialString national) {
        for (int i = 0; i < forms.size(); i++) {
            if (forms.get(i).fits(national)) {
                return forms.get(i).prefixed;
            }
        }
        return !forms.isEmpty();
    }

    private long foreign(final DialString digits) {
        internationalPrefix.reset(digits);
        return internationalPrefix.lookingAt() ? behind(digits, internationalPrefix.end()) : E164.NONE;
    }

    /** With the national prefix left off, or changed as the plan says; unless only the whole is a number. */
    private long behindNationalPrefix(final DialString digits) {
        nationalPrefix.reset(digits);
        if (!nationalPrefix.lookingAt() || nationalPrefix.end() == 0) {
            return E164.NONE;
        }
        if (transform.isEmpty() || nationalPrefix.start(nationalPrefix.groupCount()) < 0) {
            rest.clear();
            rest.append(digits, nationalPrefix.end(), digits.length());
        } else {
            rest.setAscii(nationalPrefix.replaceFirst(transform));
        }
        return isNumber(rest) ? international(rest) : E164.NONE;
    }

    /** Whether they begin with the country's own calling code, and what follows is a number. */
    boolean ownCode(final DialString digits) {
        if (!begins(digits, callingCode)) {
            return false;
        }
        rest.clear();
        rest.append(digits, callingCode.length(), digits.length());
        return isNumber(rest);
    }

    private boolean isNumber(final DialString digits) {
        return numbers.reset(digits).matches();
    }

    private long international(final DialString national) {
        whole.clear();
        for (int i = 0; i < callingCode.length(); i++) {
            whole.append((byte) callingCode.charAt(i));
        }
        whole.append(national, 0, national.length());
        return E164.parse(whole);
    }

    private long behind(final DialString digits, final int start) {
        rest.clear();
        rest.append(digits, start, digits.length());
        return E164.parse(rest);
    }

    private static boolean begins(final DialString digits, final String prefix) {
        if (digits.length() < prefix.length()) {
            return false;
        }
        for (int i = 0; i < prefix.length(); i++) {
            if (digits.charAt(i) != prefix.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static final class Form {
        private final Matcher leading;
        private final Matcher whole;
        private final boolean prefixed;

        Form(final NationalPlan.Form form) {
            leading = Pattern.compile(form.leading()).matcher("");
            whole = Pattern.compile(form.whole()).matcher("");
            prefixed = form.prefixed();
        }

        boolean fits(final DialString national) {
            return leading.reset(national).lookingAt() && whole.reset(national).matches();
        }
    }
}
