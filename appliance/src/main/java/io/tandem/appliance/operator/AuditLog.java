package io.tandem.appliance.operator;

import io.tandem.admin.view.OperatorAudit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes who changed what into the log. */
public final class AuditLog implements OperatorAudit {
    private static final Logger LOG = LoggerFactory.getLogger("operator");

    @Override
    public void onCommand(final Entry command) {
        LOG.info("command: who={} what={}", command.who(), command.what());
    }

    @Override
    public void onAnswer(final Entry command, final boolean ok, final String answer) {
        LOG.info("answer: who={} what={} answer={}", command.who(), command.what(), answer);
    }
}
