package io.tandem.appliance.system;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/** A server that takes questions and answers none. */
final class SilentServer implements AutoCloseable {
    private final BlockingQueue<String> asked = new LinkedBlockingQueue<>();
    private final HttpServer server;

    SilentServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> asked.add(exchange.getRequestURI().toString()));
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** Waits for the next question, and says what for. */
    String asked() throws InterruptedException {
        return asked.take();
    }

    /** Whether there was any other. */
    boolean wasAsked() {
        return !asked.isEmpty();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
