package io.tandem.perf.jmh;

import io.tandem.sip.MessageCheck;
import io.tandem.sip.Problem;
import io.tandem.sip.SipLimits;
import io.tandem.sip.SipMessage;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What every received message pays: the index of its headers, and the check before anything acts on it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class SipMessageBenchmark {
    private final SipMessage message = new SipMessage(SipLimits.DEFAULT);
    private final MessageCheck check = new MessageCheck();
    private final UnsafeBuffer invite = SampleMessages.invite();
    private final UnsafeBuffer success = SampleMessages.success();

    /** Fails the run if a sample is not what it should be. */
    @Setup
    public void verify() {
        if (indexInviteAndCheck() != Problem.NONE || indexSuccessAndCheck() != Problem.NONE) {
            throw new IllegalStateException("sample message refused: problem=" + message.problem());
        }
    }

    @Benchmark
    public Problem indexInvite() {
        return message.wrap(invite, 0, invite.capacity());
    }

    @Benchmark
    public Problem indexInviteAndCheck() {
        message.wrap(invite, 0, invite.capacity());
        return check.check(message);
    }

    @Benchmark
    public Problem indexSuccess() {
        return message.wrap(success, 0, success.capacity());
    }

    @Benchmark
    public Problem indexSuccessAndCheck() {
        message.wrap(success, 0, success.capacity());
        return check.check(message);
    }
}
