import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Just enough HTTP to ask a server over a connection that stays open, at almost no cost to the machine that is measured. */
final class Wire implements AutoCloseable {

    private final int port;
    private Socket socket;
    private InputStream in;

    Wire(int port) throws IOException {
        this.port = port;
        connect();
    }

    /** What came back, and whether the server closes the connection behind it. */
    record Answer(byte[] body, boolean last) {}

    private void connect() throws IOException {
        socket = new Socket("127.0.0.1", port);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream(), 65_536);
    }

    String ask(String path, String type, String body) throws IOException {
        socket.getOutputStream().write(request(port, path, type, body));
        Answer answer = answer(in);
        if (answer.last()) {
            socket.close();
            connect();
        }
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** A POST, or a GET if there is no body. */
    static byte[] request(int port, String path, String type, String body) {
        String head = (body.isEmpty() ? "GET " : "POST ") + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nAuthorization: Bearer " + System.getenv("BENCH_KEY")
                + "\r\nAccept: application/json\r\n" + (body.isEmpty() ? "" : "Content-Type: " + type + "\r\nContent-Length: " + body.length() + "\r\n") + "\r\n";
        return (head + body).getBytes(StandardCharsets.US_ASCII);
    }

    /** Reads one response, with a length or in chunks. */
    static Answer answer(InputStream in) throws IOException {
        int length = -1;
        boolean chunked = false;
        boolean last = false;
        String status = line(in);
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            String lower = header.toLowerCase();
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(header.substring(15).strip());
            }
            last |= lower.startsWith("connection: close");
            chunked |= lower.startsWith("transfer-encoding: chunked");
        }
        if (!status.contains(" 200")) {
            throw new IOException("The server answered " + status);
        }
        return new Answer(chunked ? chunks(in) : in.readNBytes(length), last);
    }

    /** Whether a response, read as far as this, has come to its end: that of its length, or of its chunks. */
    static boolean isWhole(byte[] response, int length) throws IOException {
        int body = body(response, length);
        if (body < 0) {
            return false;
        }
        String head = head(response, body);
        if (!head.startsWith("http/1.1 200")) {
            throw new IOException("The server answered " + head);
        }
        int at = head.indexOf("content-length:");
        return at < 0 ? ended(response, length) : length >= body + Integer.parseInt(head.substring(at + 15, head.indexOf('\r', at)).strip());
    }

    /** Whether the server closes the connection behind this response. */
    static boolean isLast(byte[] response, int length) {
        return head(response, body(response, length)).contains("\nconnection: close");
    }

    private static String head(byte[] response, int body) {
        return new String(response, 0, body, StandardCharsets.US_ASCII).toLowerCase();
    }

    private static int body(byte[] response, int length) {
        for (int i = 3; i < length; i++) {
            if (response[i] == '\n' && response[i - 1] == '\r' && response[i - 2] == '\n') {
                return i + 1;
            }
        }
        return -1;
    }

    private static boolean ended(byte[] response, int length) {
        byte[] end = "\r\n0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        return length >= end.length && Arrays.equals(response, length - end.length, length, end, 0, end.length);
    }

    private static byte[] chunks(InputStream in) throws IOException {
        byte[] body = new byte[0];
        for (int size = Integer.parseInt(line(in), 16); size > 0; size = Integer.parseInt(line(in), 16)) {
            int before = body.length;
            body = Arrays.copyOf(body, before + size);
            in.readNBytes(body, before, size);
            line(in);
        }
        line(in);
        return body;
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder(64);
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("The server closed the connection");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }
}
