import java.io.PrintStream;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;

/** What java.util.logging is told, with the place of the caller; PLACED_LOG names the file. */
public class Placed extends Handler {
    private final PrintStream out;
    private final SimpleFormatter texts = new SimpleFormatter();

    public Placed() throws java.io.IOException {
        out = new PrintStream(new java.io.FileOutputStream(System.getenv("PLACED_LOG") + ".java", true), true, "UTF-8");
    }

    private static boolean ours(StackWalker.StackFrame frame) {
        String name = frame.getClassName();
        return name.equals("Placed") || name.startsWith("java.util.logging.") || name.startsWith("org.apache.juli.")
            || name.startsWith("org.jgroups.logging.") || name.startsWith("org.eclipse.jetty.util.log.") || name.startsWith("org.apache.commons.logging.");
    }

    @Override
    public synchronized void publish(LogRecord record) {
        StackWalker.getInstance().walk(all -> all.filter(frame -> !ours(frame)).findFirst()).ifPresent(at -> {
            String message = texts.formatMessage(record).split("\n", 2)[0].replace('|', '/');
            out.println("@@" + record.getLevel() + "|" + record.getLoggerName() + "|" + at.getClassName() + ":" + at.getLineNumber() + "|" + message);
        });
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
