package io.tandem.routing.target;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.TargetKind;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueueTargetTest {
    private static final String EXITS = ",'queue_full_dest_kind':'user','queue_full_dest_id':'name:full',"
            + "'no_agents_dest_kind':'user','no_agents_dest_id':'name:none',"
            + "'ewt_dest_kind':'user','ewt_dest_id':'name:long',"
            + "'timeout_dest_kind':'user','timeout_dest_id':'name:late'";

    private final Office office =
            new Office().phone("full").phone("none").phone("long").phone("late");

    @Test
    @DisplayName("N-046 R-077 R-083 a call waits with the account's music, for max_wait_sec at most")
    void shouldWait() {
        queue("'max_wait_sec':600");
        final TargetPlan.Wait wait = (TargetPlan.Wait) join();
        assertThat(wait.maxWaitMs()).isEqualTo(600_000);
        assertThat(wait.music().requestUri())
                .matches("sip:annc@192\\.0\\.2\\.9:5090;play=stream://moh/acc_[0-9a-z]{26};repeat=forever");
    }

    @Test
    @DisplayName("R-077 without max_wait_sec there is no end to waiting")
    void shouldWaitForEver() {
        queue("'strategy':'random'");
        assertThat(((TargetPlan.Wait) join()).maxWaitMs()).isEqualTo(TargetCall.UNLIMITED);
    }

    @Test
    @DisplayName("R-083 R-084 a queue has music and a language of its own")
    void shouldPlayItsOwnMusic() {
        office.add(ResourceKind.MEDIA, "'name':'waltz','kind':'moh','object_key':'acme/slow waltz;1.wav'");
        queue("'moh_mode':'file','moh_media_id':'name:waltz','language':'de-DE'");
        final TargetPlan.ToMedia music = ((TargetPlan.Wait) join()).music();
        assertThat(music.requestUri())
                .isEqualTo("sip:annc@192.0.2.9:5090;play=acme/slow%20waltz%3B1.wav;repeat=forever");
        assertThat(music.headers()).contains(new MediaHeader(MediaAddress.LANGUAGE_HEADER, "de-DE"));
    }

    @ParameterizedTest
    @DisplayName("R-088 a queue that holds max_queued callers sends the next one to its target, or refuses")
    @CsvSource({"2,true,TARGET_WAITS", "3,true,TARGET_RINGS", "3,false,QUEUE_FULL", "4,false,QUEUE_FULL"})
    void shouldDeflectWhenFull(final int waiting, final boolean exits, final TargetVerdict verdict) {
        queue("'max_queued':3" + (exits ? EXITS : ""));
        office.state.waiting = waiting;
        office.state.staffed = 1;
        assertThat(join().verdict()).isEqualTo(verdict);
        if (verdict == TargetVerdict.TARGET_RINGS) {
            assertThat(office.rings(join())).containsExactly("full 0-25");
        }
    }

    @Test
    @DisplayName("R-087 a queue that nobody serves sends callers to its target")
    void shouldDeflectWithoutAgents() {
        queue("'max_queued':3" + EXITS);
        assertThat(office.rings(join())).containsExactly("none 0-25");
        office.state.staffed = 1;
        assertThat(join().verdict()).isEqualTo(TargetVerdict.TARGET_WAITS);
    }

    @Test
    @DisplayName("R-087 without such a target callers wait for somebody to come")
    void shouldWaitForAgents() {
        queue("'max_queued':3");
        assertThat(join().verdict()).isEqualTo(TargetVerdict.TARGET_WAITS);
    }

    @ParameterizedTest
    @DisplayName("R-089 a call that would wait longer than the threshold goes elsewhere while nobody is ready")
    @CsvSource({
        // waiting, staffed, ready, own handling time, mean handling time, deflected: threshold 120 s
        "1,2,0,120,,false",
        "2,2,0,120,,true",
        "2,2,1,120,,false",
        "0,1,0,120,,false",
        "0,1,0,121,,true",
        "1,2,0,,120,false",
        "1,2,0,,121,true",
        "9,2,0,,0,false"
    })
    void shouldDeflectLongWaits(
            final int waiting,
            final int staffed,
            final int ready,
            final Integer own,
            final Integer mean,
            final boolean deflected) {
        queue("'ewt_threshold_sec':120" + (own == null ? "" : ",'ewt_aht_sec':" + own) + EXITS);
        office.state.waiting = waiting;
        office.state.staffed = staffed;
        office.state.ready = ready;
        office.state.meanHandlingSec = mean == null ? 0 : mean;
        final TargetPlan plan = join();
        assertThat(plan.verdict()).isEqualTo(deflected ? TargetVerdict.TARGET_RINGS : TargetVerdict.TARGET_WAITS);
        if (deflected) {
            assertThat(office.rings(plan)).containsExactly("long 0-25");
        }
    }

    @Test
    @DisplayName("R-089 where nobody is there and no target is for that, the wait is estimated as with one agent")
    void shouldEstimateWithoutAgents() {
        queue("'ewt_threshold_sec':0,'ewt_aht_sec':100,'ewt_dest_kind':'user','ewt_dest_id':'name:long'");

        assertThat(office.rings(join())).containsExactly("long 0-25");
    }

    @ParameterizedTest
    @DisplayName("R-089 the estimate is the position times the handling time, divided among the agents, rounded up")
    @CsvSource({"1,60,1,60", "3,60,2,90", "1,100,3,34", "5,10,0,50", "10000,86400,1,864000000"})
    void shouldEstimate(final int position, final int handling, final int staffed, final long seconds) {
        assertThat(QueueJoin.estimatedWaitSec(position, handling, staffed)).isEqualTo(seconds);
    }

    @Test
    @DisplayName("R-077 R-085 who has waited as long as he may goes to the target for it, or is refused")
    void shouldExitAfterTheLongestWait() {
        queue("'max_wait_sec':600");
        assertThat(exit(QueueExit.TIMEOUT).verdict()).isEqualTo(TargetVerdict.QUEUE_TIMEOUT);
        queue("'max_wait_sec':600" + EXITS);
        office.state.staffed = 1;
        assertThat(office.rings(exit(QueueExit.TIMEOUT))).containsExactly("late 0-25");
    }

    @Test
    @DisplayName("R-087 callers leave when the last agent does")
    void shouldExitWithTheLastAgent() {
        queue("'max_wait_sec':600");
        assertThat(exit(QueueExit.NO_AGENTS).verdict()).isEqualTo(TargetVerdict.QUEUE_NO_AGENTS);
        queue("'max_wait_sec':600" + EXITS);
        office.state.staffed = 1;
        assertThat(office.rings(exit(QueueExit.NO_AGENTS))).containsExactly("none 0-25");
    }

    @Test
    @DisplayName("a queue whose exit leads back to it ends in 482")
    void shouldNotWaitTwice() {
        queue("'timeout_dest_kind':'queue','timeout_dest_id':'name:support'");
        assertThat(exit(QueueExit.TIMEOUT).verdict()).isEqualTo(TargetVerdict.TARGET_LOOP);
    }

    private TargetPlan exit(final QueueExit exit) {
        return office.resolver.follow((TargetPlan.Wait) join(), exit, office.call());
    }

    private TargetPlan join() {
        return office.to(TargetKind.QUEUE, "support");
    }

    private void queue(final String fields) {
        office.add(ResourceKind.QUEUES, "'name':'support'," + fields);
    }
}
