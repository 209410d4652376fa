package io.tandem.perf.simulation;

import io.tandem.perf.simulation.SystemUnderTest.Output;
import io.tandem.perf.simulation.check.Invariant;
import io.tandem.perf.simulation.network.Endpoint;
import io.tandem.perf.simulation.network.SipText;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/** Ways to break a system that works, each with the invariants by which it must be found out. */
enum Mutation {
    SECOND_FINAL_RESPONSE(Invariant.ONE_FINAL) {
        @Override
        void send(final Sending s) {
            s.pass();
            if (s.isResponse("INVITE") && s.message.status() >= 400) {
                s.pass(s.message.copy().startLine("SIP/2.0 500 Changed My Mind"));
            }
        }
    },
    PROVISIONAL_AFTER_FINAL(Invariant.NO_PROVISIONAL_AFTER_FINAL) {
        @Override
        void send(final Sending s) {
            s.pass();
            if (s.isResponse("INVITE") && s.message.status() >= 400) {
                s.pass(s.message.copy().startLine("SIP/2.0 180 Ringing").set("Contact", "<sip:late@127.0.0.1:5060>"));
            }
        }
    },
    NO_TRYING(Invariant.TRYING_IN_TIME) {
        @Override
        void send(final Sending s) {
            if (!s.isResponse("INVITE") || s.message.status() > 100) {
                s.pass();
            }
        }
    },
    NO_FINAL_RESPONSE(Invariant.FINAL_ANSWER, Invariant.CEILING, Invariant.COUNTERS) {
        @Override
        void send(final Sending s) {
            if (!s.isResponse("INVITE") || s.message.status() != 487) {
                s.pass();
            }
        }
    },
    BYE_NOT_ANSWERED(Invariant.FINAL_ANSWER) {
        @Override
        void send(final Sending s) {
            if (!s.isResponse("BYE")) {
                s.pass();
            }
        }
    },
    NEW_TAG_WITH_THE_ANSWER(Invariant.EARLY_DIALOG, Invariant.REQUEST_DIALOG, Invariant.BYE_RULES) {
        @Override
        void send(final Sending s) {
            final boolean answer = s.isResponse("INVITE") && s.message.isSuccess();
            s.pass(answer ? s.message.copy().set("To", s.message.first("to").replace(";tag=", ";tag=new")) : s.message);
        }
    },
    TAG_MISSING(Invariant.TO_TAG) {
        @Override
        void send(final Sending s) {
            final boolean refusal = s.isResponse("INVITE") && s.message.status() >= 300;
            s.pass(refusal ? s.message.copy().set("To", s.message.first("to").replaceFirst(";tag=.*", "")) : s.message);
        }
    },
    ANOTHER_STATUS(Invariant.OUTCOME) {
        @Override
        void send(final Sending s) {
            final boolean refusal = s.isResponse("INVITE") && s.message.status() == 404;
            s.pass(refusal ? s.message.copy().startLine("SIP/2.0 410 Gone") : s.message);
        }
    },
    VIA_CHANGED(Invariant.RESPONSE_ECHO, Invariant.RESPONSE_HAS_REQUEST) {
        @Override
        void send(final Sending s) {
            s.pass(
                    s.message.isRequest()
                            ? s.message
                            : s.message.copy().set("Via", s.message.via().replace("127.0.0", "127.0.1")));
        }
    },
    RESPONSE_OUT_OF_NOTHING(Invariant.RESPONSE_HAS_REQUEST) {
        @Override
        void send(final Sending s) {
            s.pass();
            if (s.isResponse("INVITE")) {
                s.pass(s.message.copy().set("Via", s.message.via().replace("z9hG4bK", "z9hG4bKno")));
            }
        }
    },
    RESPONSE_TO_ANOTHER(Invariant.RESPONSE_PATH) {
        @Override
        void send(final Sending s) {
            s.pass(s.message.isRequest() ? s.to : Endpoint.of("127.0.0.2", s.to.port() == 5070 ? 5071 : 5070));
        }
    },
    REQUEST_TO_NOBODY(Invariant.KNOWN_ADDRESS) {
        @Override
        void send(final Sending s) {
            s.pass(s.message.isRequest() ? Endpoint.of("127.0.0.77", 5060) : s.to);
        }
    },
    REQUEST_TO_ANOTHER(Invariant.REQUEST_PATH) {
        @Override
        void send(final Sending s) {
            s.pass(s.message.is("BYE") && s.flow == 0 ? Endpoint.of("127.0.0.3", 5080) : s.to);
        }
    },
    DIALOG_FORGOTTEN(Invariant.REQUEST_DIALOG) {
        @Override
        void send(final Sending s) {
            s.pass(
                    s.message.is("BYE")
                            ? s.message.copy().set("To", s.message.first("to").replace(";tag=", ";tag=no"))
                            : s.message);
        }
    },
    CSEQ_STANDS_STILL(Invariant.CSEQ_ORDER) {
        @Override
        void send(final Sending s) {
            s.pass(s.message.is("BYE") ? s.message.copy().set("CSeq", "0 BYE") : s.message);
        }
    },
    HOPS_NOT_COUNTED(Invariant.MAX_FORWARDS) {
        @Override
        void send(final Sending s) {
            s.pass(s.message.is("INVITE") ? s.message.copy().set("Max-Forwards", "70") : s.message);
        }
    },
    INVITE_REPEATED_AT_ONCE(Invariant.RETRANSMISSION) {
        @Override
        void send(final Sending s) {
            s.pass();
            if (s.message.is("INVITE")) {
                s.pass();
            }
        }
    },
    NO_ACK(Invariant.ACK_RULES, Invariant.BYE_RULES) {
        @Override
        void send(final Sending s) {
            if (!s.message.is("ACK")) {
                s.pass();
            }
        }
    },
    ACK_WITH_WRONG_NUMBER(Invariant.ACK_RULES) {
        @Override
        void send(final Sending s) {
            s.pass(s.message.is("ACK") ? s.message.copy().set("CSeq", "999 ACK") : s.message);
        }
    },
    RASH_CANCEL(Invariant.CANCEL_RULES) {
        @Override
        void send(final Sending s) {
            s.pass();
            if (s.message.is("INVITE") && s.message.toTag() == null) {
                final SipText cancel = SipText.request("CANCEL", s.message.requestUri());
                for (final SipText.Field field : s.message.fields()) {
                    switch (field.key()) {
                        case "via", "from", "to", "call-id", "max-forwards" -> cancel.add(field.name(), field.value());
                        default -> {}
                    }
                }
                s.pass(cancel.add("CSeq", s.message.cSeq() + " CANCEL"));
            }
        }
    },
    BYE_WITHOUT_REASON(Invariant.BYE_RULES) {
        @Override
        void send(final Sending s) {
            s.pass();
            if (s.message.is("ACK") && s.message.requestUri().contains("sip:ce")) {
                final SipText bye =
                        s.message.copy().startLine(s.message.startLine().replace("ACK", "BYE"));
                bye.set("Via", bye.via().replace("z9hG4bK", "z9hG4bKbye"));
                s.pass(bye.set("CSeq", s.message.cSeq() + 90 + " BYE"));
            }
        }
    },
    BYE_TO_CALLEE_LOST_FOR_GOOD(Invariant.CALL_ENDS, Invariant.FINAL_ANSWER) {
        @Override
        void send(final Sending s) {
            if (!s.message.is("BYE") || !s.message.requestUri().contains("sip:ce")) {
                s.pass();
            }
        }
    },
    RSEQ_SKIPS(Invariant.PRACK_RULES) {
        @Override
        void send(final Sending s) {
            final String rSeq = s.message.first("rseq");
            s.memory.count++;
            s.pass(
                    rSeq == null
                            ? s.message
                            : s.message.copy().set("RSeq", Long.toString(Long.parseLong(rSeq) + s.memory.count)));
        }
    },
    CALL_ID_LEAKS(Invariant.TOPOLOGY) {
        @Override
        void send(final Sending s) {
            if (s.message.is("INVITE")) {
                final String number = SipText.userOf(SipText.uriOf(s.message.first("from")));
                final int serial = (int) (Long.parseLong(number) - 12_060_000_000L);
                final String token = io.tandem.perf.simulation.check.Watch.token(serial, true);
                s.pass(s.message.copy().add("X-From", token + "abc@127.0.0.2"));
            } else {
                s.pass();
            }
        }
    },
    LENGTH_WRONG(Invariant.WELL_FORMED) {
        @Override
        void send(final Sending s) {
            s.pass(new String(s.message.toBytes(), StandardCharsets.ISO_8859_1)
                    .replace("Content-Length: 0", "Content-Length: 5")
                    .getBytes(StandardCharsets.ISO_8859_1));
        }
    },
    CONTACT_MISSING(Invariant.WELL_FORMED) {
        @Override
        void send(final Sending s) {
            s.pass(
                    s.isResponse("INVITE") && s.message.isSuccess()
                            ? s.message.copy().remove("Contact")
                            : s.message);
        }
    },
    ANSWER_OF_ANOTHER_CALL(Invariant.BODY_INTACT) {
        @Override
        void send(final Sending s) {
            if (s.isResponse("INVITE")
                    && s.message.isSuccess()
                    && !s.message.body().isEmpty()) {
                final String body = s.message.body();
                final String earlier = s.memory.body;
                s.pass(earlier == null ? s.message : s.message.copy().body("application/sdp", earlier));
                s.memory.body = body;
            } else {
                s.pass();
            }
        }
    },
    OFFER_CHANGED(Invariant.BODY_INTACT) {
        @Override
        void send(final Sending s) {
            s.pass(
                    s.message.is("INVITE") && !s.message.body().isEmpty()
                            ? s.message
                                    .copy()
                                    .body("application/sdp", s.message.body().replace("RTP/AVP", "RTP/SAVP"))
                            : s.message);
        }
    },
    SECOND_ANSWER(Invariant.ONE_ANSWER) {
        @Override
        void send(final Sending s) {
            final boolean described =
                    s.isResponse("INVITE") && !s.message.body().isEmpty();
            final boolean second = described && !s.memory.tags.add(s.message.toTag());
            s.pass(
                    second
                            ? s.message
                                    .copy()
                                    .body("application/sdp", s.message.body().replace(" 1 IN", " 7 IN"))
                            : s.message);
        }
    },
    RECORD_DOUBLED(Invariant.ONE_RECORD) {
        @Override
        void record(final Output next, final String callId, final int status) {
            next.callRecord(callId, status);
            next.callRecord(callId, status);
        }
    },
    RECORD_MISSING(Invariant.ONE_RECORD) {
        @Override
        void record(final Output next, final String callId, final int status) {
            if (status != 486) {
                next.callRecord(callId, status);
            }
        }
    },
    RECORD_WRONG(Invariant.ONE_RECORD) {
        @Override
        void record(final Output next, final String callId, final int status) {
            next.callRecord(callId, status == 200 ? 487 : status);
        }
    },
    THROWS(Invariant.NO_EXCEPTION) {
        @Override
        void send(final Sending s) {
            if (s.message.is("BYE")) {
                throw new IllegalStateException("a bug");
            }
            s.pass();
        }
    },
    DIFFERS_EVERY_TIME(Invariant.REPLAY) {
        @Override
        void send(final Sending s) {
            s.pass(
                    s.message.is("INVITE")
                            ? s.message.copy().add("X-Count", Integer.toString(s.memory.count++))
                            : s.message);
        }
    };

    @SuppressWarnings("ImmutableEnumChecker")
    private final Set<Invariant> found;

    Mutation(final Invariant... found) {
        this.found = Set.of(found);
    }

    /** Invariants by which it must be found out; any of them. */
    Set<Invariant> foundBy() {
        return found;
    }

    void send(final Sending s) {
        s.pass();
    }

    void record(final Output next, final String callId, final int status) {
        next.callRecord(callId, status);
    }

    /** What a mutation remembers from one message to the next, and from one life of its system to the next. */
    static final class Memory {
        private int count;
        private String body;
        private final Set<String> tags = new HashSet<>();
    }

    /** A message on its way out. */
    static final class Sending {
        final Memory memory;
        final Output next;
        final boolean stream;
        final long flow;
        final Endpoint to;
        final SipText message;

        Sending(
                final Memory memory,
                final Output next,
                final boolean stream,
                final long flow,
                final Endpoint to,
                final SipText message) {
            this.memory = memory;
            this.next = next;
            this.stream = stream;
            this.flow = flow;
            this.to = to;
            this.message = message;
        }

        boolean isResponse(final String method) {
            return !message.isRequest() && message.method().equals(method);
        }

        void pass() {
            pass(message);
        }

        void pass(final SipText other) {
            pass(other.toBytes());
        }

        void pass(final byte[] bytes) {
            next.send(stream, flow, to, bytes);
        }

        void pass(final Endpoint elsewhere) {
            next.send(stream, flow, elsewhere, message.toBytes());
        }
    }
}
