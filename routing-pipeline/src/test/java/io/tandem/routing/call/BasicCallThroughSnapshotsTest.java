package io.tandem.routing.call;

import org.junit.jupiter.api.BeforeEach;

/** The same calls, with a fresh core read from a snapshot after every single turn. */
class BasicCallThroughSnapshotsTest extends BasicCallTest {
    @BeforeEach
    void throughSnapshots() {
        rig.throughSnapshots = true;
    }
}
