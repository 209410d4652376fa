package io.tandem.appliance.driver;

import io.tandem.routing.ring.InboundRing;
import io.tandem.routing.ring.StageGraph;

/** Everything that a profile's threads turn. */
record Stages(
        InboundRing ring,
        StageGraph graph,
        Sequencer sequencer,
        LiveDriver driver,
        CoreQueries queries,
        TurnClock clock) {}
