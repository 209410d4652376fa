package io.tandem.admin.view;

import java.util.Objects;

/** Why a question or an order was not carried out, and what the operator can do about it. */
public final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String mend;

    /**
     * @param what what went wrong, as "what: name=value name=value"
     * @param mend one sentence on how to mend it; empty when nothing can be done
     */
    public Refusal(String what, String mend) {
        super(Objects.requireNonNull(what), null, false, false);
        this.mend = Objects.requireNonNull(mend);
    }

    public String what() {
        return getMessage();
    }

    public String mend() {
        return mend;
    }
}
