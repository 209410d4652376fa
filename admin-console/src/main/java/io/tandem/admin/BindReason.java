package io.tandem.admin;

import java.io.IOException;

/** Why an address cannot be listened on, in words of people. */
public final class BindReason {
    private BindReason() {}

    /** The end of a sentence that has named the address already. */
    public static String of(IOException refusal) {
        var said = String.valueOf(refusal.getMessage());
        if (said.contains("Address already in use")) {
            return "another process listens there";
        }
        if (said.contains("Cannot assign requested address")) {
            return "the address is not this machine's";
        }
        return said.contains("Permission denied") ? "the port takes a privilege" : said;
    }
}
