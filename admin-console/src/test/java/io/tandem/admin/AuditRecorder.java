package io.tandem.admin;

import io.tandem.admin.view.OperatorAudit;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what the audit was told, one line a report. */
public class AuditRecorder implements OperatorAudit {

    public final List<Entry> entered = new CopyOnWriteArrayList<>();
    public final List<String> answered = new CopyOnWriteArrayList<>();

    @Override
    public void onCommand(Entry command) {
        entered.add(command);
    }

    @Override
    public void onAnswer(Entry command, boolean ok, String answer) {
        answered.add(command.what() + " " + ok + " " + answer);
    }
}
