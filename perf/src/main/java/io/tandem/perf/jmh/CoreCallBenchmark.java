package io.tandem.perf.jmh;

import io.tandem.perf.rig.CallScript;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A whole call of 13 messages through the core, in microseconds of a call, with the tables as full as they are at the
 * rate given. What the two peers of the benchmark cost to make and read their messages is {@link #peersAlone}: to be
 * subtracted.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 5)
@Measurement(iterations = 5, time = 5)
public class CoreCallBenchmark {
    /** A core with its steady load. */
    @State(Scope.Thread)
    public static class Loaded {
        private static final int LINGER_SECONDS = 40;

        /** Calls a second of virtual time. */
        @Param({"1000", "5000"})
        public int callsPerSecond;

        private CoreCalls calls;

        /** Runs calls until as many are forgotten as begin. */
        @Setup
        public void load() {
            calls = new CoreCalls(callsPerSecond);
            for (int i = 0; i < LINGER_SECONDS * callsPerSecond; i++) {
                if (calls.call() != CoreCalls.MESSAGES) {
                    throw new IllegalStateException("call with other messages: call=" + i + " stats=" + calls.stats());
                }
            }
        }
    }

    /** The peers without a server between them. */
    @State(Scope.Thread)
    public static class Peers {
        private final CallScript script =
                new CallScript("127.0.0.2:5070", "127.0.0.3:5080", "127.0.0.1:5060", "12025550123");
    }

    @Benchmark
    public int call(final Loaded state) {
        return state.calls.call();
    }

    @Benchmark
    public int peersAlone(final Peers peers) {
        final CallScript script = peers.script;
        int bytes = script.invite().length();
        script.onCallee(script.bytes(), script.length());
        bytes += script.ringing().length();
        bytes += script.answer().length();
        script.onCaller(script.bytes(), script.length());
        bytes += script.ack().length();
        bytes += script.bye().length();
        script.onCallee(script.bytes(), script.length());
        return bytes + script.byeAnswer().length();
    }
}
