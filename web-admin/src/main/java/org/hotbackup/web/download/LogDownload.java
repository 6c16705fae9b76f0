package org.hotbackup.web.download;

import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.stream.JsonGenerator;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.hotbackup.control.ControlDirectory;
import org.hotbackup.control.LogMessage;
import org.hotbackup.control.LogPage;
import org.hotbackup.control.PermanentLogMXBean;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.web.rest.Problem;

/**
 * The permanent log from a date or time on ({@code when}, empty for all), or what of it contains a text ({@code text}), as
 * {@code csv} or {@code json}. It is read and sent in pages: memory does not grow with the log.
 */
@WebServlet("/download/log")
public class LogDownload extends HttpServlet {

    private static final long serialVersionUID = 1;
    private static final int PAGE = 500;
    private static final String[] COLUMNS = {"id", "time", "server", "messageId", "text"};

    @Inject
    transient ControlDirectory control;

    /** Takes one message after the other. */
    private interface Sink {
        void take(LogMessage message) throws IOException;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String format = parameter(request, "format");
        try {
            if (!format.equals("csv") && !format.equals("json")) {
                throw new Refusal(MessageCode.NOT_A_FORMAT, format);
            }
            String when = parameter(request, "when");
            String text = parameter(request, "text");
            String place = when.isEmpty() ? "" : control.permanentLog().placeOf(when);
            LogPage first = page(text, place);
            response.setContentType(format.equals("csv") ? "text/csv" : "application/json");
            response.setCharacterEncoding(StandardCharsets.UTF_8.name());
            response.setHeader("Content-Disposition", "attachment; filename=\"permanent-log." + format + "\"");
            if (format.equals("csv")) {
                csv(response.getWriter(), text, first);
            } else {
                json(response.getWriter(), text, first);
            }
        } catch (Refusal e) {
            if (response.isCommitted()) {
                throw new IOException(e.getMessage(), e);
            }
            Problem.of(e.code(), e.getMessage()).sendTo(response);
        }
    }

    private void csv(Writer out, String text, LogPage first) throws IOException {
        CSVPrinter csv = new CSVPrinter(
                out, CSVFormat.RFC4180.builder().setHeader(COLUMNS).get());
        each(text, first, message -> csv.printRecord((Object[]) values(message)));
        csv.flush();
    }

    private void json(Writer out, String text, LogPage first) throws IOException {
        JsonGenerator json = Json.createGenerator(out);
        json.writeStartArray();
        each(text, first, message -> {
            json.writeStartObject();
            String[] values = values(message);
            for (int i = 0; i < COLUMNS.length; i++) {
                json.write(COLUMNS[i], values[i]);
            }
            json.writeEnd();
        });
        json.writeEnd();
        json.flush();
    }

    private static String[] values(LogMessage message) {
        return new String[] {message.id(), message.time(), message.server(), message.messageId(), message.text()};
    }

    private void each(String text, LogPage first, Sink sink) throws IOException {
        LogPage page = first;
        while (true) {
            for (LogMessage message : page.messages()) {
                sink.take(message);
            }
            if (!page.more()) {
                return;
            }
            page = page(text, page.reached());
        }
    }

    private LogPage page(String text, String after) {
        PermanentLogMXBean log = control.permanentLog();
        return text.isEmpty() ? log.next(after, PAGE) : log.search(text, after, PAGE);
    }

    private static String parameter(HttpServletRequest request, String name) {
        String value = request.getParameter(name);
        return value == null ? "" : value.strip();
    }
}
