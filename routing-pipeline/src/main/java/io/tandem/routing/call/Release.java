package io.tandem.routing.call;

/** Who ended a call. The codes go to call records: never renumber. */
enum Release {
    NOBODY(0),
    CALLER(1),
    CALLEE(2),
    APPLIANCE(3);

    private final int code;

    Release(final int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
