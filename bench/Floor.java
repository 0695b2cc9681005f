import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * The simplest server there is: one thread, which answers in the order of asking and is busy for the same time with each. It makes no garbage and
 * waits for nothing, so what its slowest answers take over the usual is what the machine and the load generator add to anyone's.
 */
public final class Floor {

    public static void main(String[] arguments) throws IOException {
        int port = Integer.parseInt(arguments[0]);
        long busy = Long.parseLong(arguments[1]) * 1_000;
        byte[] answer = "HTTP/1.1 200 \r\nContent-Length: 2\r\n\r\nok".getBytes(StandardCharsets.US_ASCII);
        ByteBuffer request = ByteBuffer.allocate(65_536);
        try (Selector selector = Selector.open(); ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress("127.0.0.1", port));
            server.configureBlocking(false);
            server.register(selector, SelectionKey.OP_ACCEPT);
            System.out.println("ready");
            while (true) {
                selector.select();
                for (SelectionKey ready : selector.selectedKeys()) {
                    if (ready.isAcceptable()) {
                        SocketChannel connection = server.accept();
                        connection.configureBlocking(false);
                        connection.setOption(StandardSocketOptions.TCP_NODELAY, true);
                        connection.register(selector, SelectionKey.OP_READ);
                    } else {
                        answer((SocketChannel) ready.channel(), request, ByteBuffer.wrap(answer), busy);
                    }
                }
                selector.selectedKeys().clear();
            }
        }
    }

    private static void answer(SocketChannel connection, ByteBuffer request, ByteBuffer answer, long busy) throws IOException {
        request.clear();
        try {
            if (connection.read(request) < 0) {
                connection.close();
                return;
            }
            long end = System.nanoTime() + busy;
            while (System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            connection.write(answer);
        } catch (IOException gone) {
            connection.close();
        }
    }
}
