package io.tandem.routing.number;

/** The service URN for emergency calls (RFC 5031 section 4.1): {@code urn:service:sos}, alone or with sub-services. */
public final class EmergencyUrn {
    private static final String SOS = "urn:service:sos";

    private EmergencyUrn() {}

    /** Whether a request address is one, in any case, such as {@code urn:service:sos.fire}. Allocates nothing. */
    public static boolean matches(final CharSequence address) {
        if (address.length() < SOS.length()) {
            return false;
        }
        for (int i = 0; i < SOS.length(); i++) {
            final char c = address.charAt(i);
            if ((c >= 'A' && c <= 'Z' ? c + 32 : c) != SOS.charAt(i)) {
                return false;
            }
        }
        return address.length() == SOS.length() || address.charAt(SOS.length()) == '.';
    }
}
