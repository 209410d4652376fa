package io.tandem.perf.simulation.peer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The numbers of the simulated account and what becomes of a call to each. */
public final class Numbers {
    /** Its calls are forwarded to nobody, and reach their callee by the overflow of the forward. */
    public static final String BY_OVERFLOW = "12025550104";

    /** Whoever calls one of them reaches the exchange. */
    public static final List<String> PLAIN = List.of("12025550101", "12025550102", "12025550103", BY_OVERFLOW);

    /** Its calls go to a trunk over TCP. */
    public static final String BY_STREAM = "12025550120";

    public static final String CEILING_ONE = "12025550111";
    public static final String CEILING_THREE = "12025550113";
    /** Its trunk's port is closed. */
    public static final String UNREACHABLE = "12025550130";

    public static final String HANG_UP = "12025550140";
    public static final String DISABLED = "12025550150";
    public static final String UNKNOWN = "12025550199";

    private Numbers() {}

    /** Most calls at once for each number that has a ceiling. */
    public static Map<String, Integer> ceilings() {
        final Map<String, Integer> ceilings = new LinkedHashMap<>();
        ceilings.put(CEILING_ONE, 1);
        ceilings.put(CEILING_THREE, 3);
        return ceilings;
    }
}
