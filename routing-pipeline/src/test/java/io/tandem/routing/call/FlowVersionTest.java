package io.tandem.routing.call;

import static io.tandem.routing.call.Texts.failureAck;
import static io.tandem.routing.call.Texts.invite;
import static io.tandem.routing.call.Texts.response;
import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.journal.record.CoreStateEncoder;
import io.tandem.journal.record.MessageHeaderEncoder;
import io.tandem.routing.counter.CoreCounter;
import io.tandem.routing.effect.ServerQuestion;
import io.tandem.routing.flow.FlowWait;
import io.tandem.routing.flow.FlowsWaitedIn;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.TargetKind;
import io.tandem.routing.snapshot.StateKind;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Calls go on in the version of a flow that they began with. The number leads to a flow that dials, then asks a server, then hangs
 * up with a code: each version with another one.
 */
@AlsoThroughSnapshots
class FlowVersionTest {
    private static final ResourceId FLOW = new ResourceId(4, 5);
    private static final ResourceId OTHER = new ResourceId(4, 9);
    private static final int FIRST = 404;
    private static final int SECOND = 410;

    private final RigConfiguration configuration = new RigConfiguration();
    private final CoreRig rig;

    FlowVersionTest(final boolean throughSnapshots) {
        configuration.with(
                ResourceKind.OUTBOUND_ROUTES,
                6,
                "'match_prefix':'44','via':'trunk','trunk_id':'" + RigConfiguration.trunkId(2) + "'");
        configuration.number.destKind = (byte) TargetKind.FLOW.code();
        configuration.number.destHigh = FLOW.high();
        configuration.number.destLow = FLOW.low();
        rig = new CoreRig(throughSnapshots, configuration);
    }

    @BeforeEach
    void publishTheFirst() {
        rig.change(ResourceKind.FLOWS, FLOW, flow(FLOW, 1, FIRST, "first"));
    }

    private static String graph(final int code) {
        return "{'nodes':[{'id':'in','data':{'kind':'entry'}},"
                + "{'id':'dial','data':{'kind':'dial','number':'442071838750'}},"
                + "{'id':'ask','data':{'kind':'http','url':'https://crm.example.com/" + code + "','timeoutMs':2000}},"
                + "{'id':'bye','data':{'kind':'hangup','sipCode':" + code + "}}],"
                + "'edges':[{'source':'in','target':'dial'},{'source':'dial','target':'ask'},"
                + "{'source':'ask','target':'bye'}]}";
    }

    /** A published flow whose draft has a name of its own. */
    private static byte[] flow(final ResourceId id, final int version, final int code, final String draft) {
        return json("{'id':'" + id.prefixed(ResourceKind.FLOWS) + "','account_id':'" + account() + "','name':'"
                + id.low() + "','version':" + version + ",'is_published':1,'graph':{'nodes':[{'id':'" + draft
                + "','data':{'kind':'entry'}}]},'published_graph':" + graph(code) + "}");
    }

    private static byte[] withdrawn() {
        return json("{'id':'" + FLOW.prefixed(ResourceKind.FLOWS) + "','account_id':'" + account()
                + "','name':'5','version':1,'is_published':0,'graph':" + graph(FIRST) + "}");
    }

    private static String account() {
        return new ResourceId(1, 1).prefixed(ResourceKind.ACCOUNTS);
    }

    private static byte[] json(final String text) {
        return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    /** What takes the first version out of force. */
    enum Change {
        PUBLISHED_ANEW {
            @Override
            void make(final FlowVersionTest test) {
                test.publish(2, SECOND);
            }
        },
        PUBLISHED_TWICE {
            @Override
            void make(final FlowVersionTest test) {
                test.publish(2, 480);
                test.publish(3, SECOND);
            }
        },
        OTHER_GRAPH_OF_THE_SAME_VERSION {
            @Override
            void make(final FlowVersionTest test) {
                test.publish(2, 480);
                test.publish(1, SECOND);
            }
        },
        WITHDRAWN {
            @Override
            void make(final FlowVersionTest test) {
                test.rig.change(ResourceKind.FLOWS, FLOW, withdrawn());
            }
        },
        DELETED {
            @Override
            void make(final FlowVersionTest test) {
                test.rig.change(ResourceKind.FLOWS, FLOW, null);
            }
        },
        DELETED_AND_MADE_AGAIN {
            @Override
            void make(final FlowVersionTest test) {
                test.rig.change(ResourceKind.FLOWS, FLOW, null);
                test.publish(1, SECOND);
            }
        },
        IMPORTED {
            @Override
            void make(final FlowVersionTest test) {
                test.configuration.with(
                        ResourceKind.FLOWS,
                        5,
                        "'name':'5','version':1,'is_published':1,'published_graph':" + graph(SECOND));
                test.rig.configure();
            }
        },
        GONE_WITH_AN_IMPORT {
            @Override
            void make(final FlowVersionTest test) {
                test.rig.configure();
            }
        };

        abstract void make(FlowVersionTest test);
    }

    private void publish(final int version, final int code) {
        rig.change(ResourceKind.FLOWS, FLOW, flow(FLOW, version, code, "draft"));
    }

    private FlowsWaitedIn waited() {
        return rig.core.stages().flowsWaitedIn();
    }

    private void busy(final String sent) {
        rig.fromCallee(response(sent, "486 Busy Here", "bob"));
        rig.callee("ACK ");
    }

    private ServerQuestion asked(final int code) {
        assertThat(rig.questions).hasSize(1);
        final ServerQuestion question = rig.questions.removeFirst();
        assertThat(question.url()).isEqualTo("https://crm.example.com/" + code);
        return question;
    }

    private void refused(final String callId, final int code) {
        final String answer = rig.caller("SIP/2.0 " + code);
        rig.fromCaller(failureAck(invite(callId, "", "v=0 offer"), answer));
    }

    private void goesOn(final String callId, final String sent, final int code) {
        busy(sent);
        rig.answer(asked(code), "default", "");
        refused(callId, code);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName(
            "a call that waits in a flow goes on in the version that it began with, whatever is published meanwhile")
    void shouldGoOnInTheVersionThatItBeganWith(final Change change) {
        final String sent = rig.offered("old");
        change.make(this);
        assertThat(waited().keptCount()).isOne();

        goesOn("old", sent, FIRST);
        assertThat(waited().isEmpty()).isTrue();
        assertThat(waited().keptBytes()).isZero();
        assertThat(rig.count(CoreCounter.FLOW_VERSIONS_MOVED_ON)).isZero();
        rig.over();
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("a call keeps its version from one node to the next")
    void shouldKeepTheVersionWhenItChangesBetweenTwoNodes(final Change change) {
        final String sent = rig.offered("old");
        change.make(this);
        busy(sent);
        final ServerQuestion question = asked(FIRST);
        rig.change(ResourceKind.FLOWS, FLOW, flow(FLOW, 9, 486, "last"));

        rig.answer(question, "default", "");
        refused("old", FIRST);
        rig.over();
    }

    @Test
    @DisplayName("calls of several versions of a flow wait side by side, each in its own")
    void shouldLeadEachCallByItsOwnVersion() {
        final String first = rig.offered("first");
        publish(2, SECOND);
        final String second = rig.offered("second");
        publish(1, 480);
        final String third = rig.offered("third");
        assertThat(waited().keptCount()).isEqualTo(2);
        final String fourth = rig.offered("fourth");

        goesOn("second", second, SECOND);
        assertThat(waited().keptCount()).isOne();
        goesOn("third", third, 480);
        goesOn("first", first, FIRST);
        assertThat(waited().keptCount()).isZero();
        goesOn("fourth", fourth, 480);
        assertThat(waited().isEmpty()).isTrue();
        rig.over();
    }

    @Test
    @DisplayName("a version stays until the last call in it has gone, by whatever way")
    void shouldKeepAVersionForTheLastCallInIt() {
        final String givenUp = rig.offered("given-up");
        final String answered = rig.offered("answered");
        final String goesOn = rig.offered("goes-on");
        publish(2, SECOND);
        assertThat(waited().keptCount()).isOne();

        rig.fromCaller(Texts.cancel(invite("given-up", "", "v=0 offer"), ""));
        rig.caller("SIP/2.0 200 ");
        rig.fromCaller(failureAck(invite("given-up", "", "v=0 offer"), rig.caller("SIP/2.0 487 ")));
        rig.fromCallee(response(givenUp, "180 Ringing", "bob"));
        rig.fromCallee(response(rig.callee("CANCEL "), "200 OK", "bob"));
        rig.fromCallee(response(givenUp, "487 Request Terminated", "bob"));
        rig.callee("ACK ");
        rig.fromCallee(Texts.ok(answered, "bob", "v=0 answer"));
        final String answer = rig.caller("SIP/2.0 200 ");
        assertThat(waited().keptCount()).isOne();

        goesOn("goes-on", goesOn, FIRST);
        assertThat(waited().isEmpty()).isTrue();

        rig.fromCaller(Texts.inDialog("ACK", 1, answer, "ack", ""));
        rig.callee("ACK ");
        rig.fromCaller(Texts.inDialog("BYE", 2, answer, "bye", ""));
        rig.caller("SIP/2.0 200 ");
        rig.fromCallee(response(rig.callee("BYE "), "200 OK", ""));
        rig.over();
    }

    @Test
    @DisplayName("a draft that is saved, an import of the same and other flows keep nothing")
    void shouldKeepNothingWhenTheSameIsPublished() {
        final String sent = rig.offered("old");
        rig.change(ResourceKind.FLOWS, FLOW, flow(FLOW, 1, FIRST, "another"));
        rig.change(ResourceKind.FLOWS, OTHER, flow(OTHER, 1, SECOND, "draft"));
        rig.change(ResourceKind.FLOWS, OTHER, flow(OTHER, 2, 480, "draft"));
        configuration.with(
                ResourceKind.FLOWS, 5, "'name':'new','version':1,'is_published':1,'published_graph':" + graph(FIRST));
        rig.configure();
        assertThat(waited().keptCount()).isZero();

        goesOn("old", sent, FIRST);
        rig.over();
    }

    @Test
    @DisplayName("a flow that a call is led into is entered in the version published then")
    void shouldEnterTheNextFlowAsItIsPublished() {
        final byte[] leads = json("{'id':'" + OTHER.prefixed(ResourceKind.FLOWS) + "','account_id':'" + account()
                + "','name':'o','version':1,'is_published':1,'graph':{},'published_graph':{'nodes':["
                + "{'id':'in','data':{'kind':'entry'}},{'id':'dial','data':{'kind':'dial','number':'442071838750'}},"
                + "{'id':'over','data':{'kind':'route','dest_kind':'flow','dest_id':'"
                + FLOW.prefixed(ResourceKind.FLOWS) + "'}}],'edges':[{'source':'in','target':'dial'},"
                + "{'source':'dial','target':'over'}]}}");
        configuration.number.destLow = OTHER.low();
        configuration.with(
                ResourceKind.FLOWS, 5, "'name':'5','version':1,'is_published':1,'published_graph':" + graph(FIRST));
        rig.configure();
        rig.change(ResourceKind.FLOWS, OTHER, leads);
        final String sent = rig.offered("old");
        rig.change(ResourceKind.FLOWS, OTHER, null);
        publish(2, SECOND);

        busy(sent);
        goesOn("old", rig.callee("INVITE "), SECOND);
        rig.over();
    }

    @Test
    @DisplayName("when too many versions are kept, a call goes on in the next one, and is counted")
    void shouldGoOnInTheNextVersionWhenTooManyAreKept() {
        final String sent = rig.offered("old");
        for (int i = 0; i < FlowsWaitedIn.KEPT_MAX; i++) {
            final ResourceId id = new ResourceId(8, i);
            waited().enter(new FlowWait(id, 1));
            waited().supersede(id, json("{}"), null, 2);
        }
        publish(2, SECOND);
        assertThat(waited().keptCount()).isEqualTo(FlowsWaitedIn.KEPT_MAX);
        assertThat(rig.count(CoreCounter.FLOW_VERSIONS_MOVED_ON)).isOne();
        assertThat(rig.core.fills())
                .filteredOn(fill -> fill.name().startsWith("flow versions"))
                .singleElement()
                .satisfies(fill -> assertThat(fill.used()).isEqualTo(fill.limit()));

        goesOn("old", sent, SECOND);
        assertThat(waited().keptCount()).isEqualTo(FlowsWaitedIn.KEPT_MAX);
    }

    @Test
    @DisplayName("a call that was read from a snapshot of a build that kept no versions goes on in what is published")
    void shouldReadSnapshotsThatHaveNoVersions() {
        final String sent = rig.offered("old");
        publish(2, SECOND);
        rig.swap(record -> {
            final UnsafeBuffer buffer = new UnsafeBuffer(record.clone());
            final int kind = MessageHeaderEncoder.ENCODED_LENGTH + CoreStateEncoder.kindEncodingOffset();
            if (buffer.getByte(kind) == StateKind.FLOW_VERSION.code()) {
                buffer.putByte(kind, (byte) 99); // as good as absent
            }
            return buffer.byteArray();
        });
        assertThat(waited().keptCount()).isZero();

        publish(3, 480);
        assertThat(waited().keptCount()).isOne();
        goesOn("old", sent, SECOND);
        rig.over();
    }
}
