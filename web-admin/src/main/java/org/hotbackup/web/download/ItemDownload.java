package org.hotbackup.web.download;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.hotbackup.control.ControlDirectory;
import org.hotbackup.control.UpdateContent;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.web.rest.Problem;

/**
 * The exact bytes of an item: of update {@code number} of entry {@code lsn} in the queue of {@code server}, or of record
 * {@code id} of lost+found. Always a file to be kept, never something that a browser shows.
 */
@WebServlet("/download/item")
public class ItemDownload extends HttpServlet {

    private static final long serialVersionUID = 1;

    /** Asks for a part of the bytes of one update. */
    private interface Source {
        List<UpdateContent> contents(int after, long offset);
    }

    @Inject
    transient ControlDirectory control;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            int number = (int) number(request, "number");
            Source source = source(request);
            UpdateContent part = part(source, number, 0);
            response.setContentType("application/octet-stream");
            response.setContentLengthLong(part.bytes());
            response.setHeader("Content-Disposition", "attachment; filename=\"item-" + number + ".bin\"");
            long sent = 0;
            while (sent < part.bytes()) {
                response.getOutputStream().write(part.content());
                sent += part.content().length;
                if (sent < part.bytes()) {
                    part = part(source, number, sent);
                }
            }
        } catch (Refusal e) {
            if (response.isCommitted()) {
                throw new IOException(e.getMessage(), e);
            }
            Problem.of(e.code(), e.getMessage()).sendTo(response);
        }
    }

    private Source source(HttpServletRequest request) {
        String id = request.getParameter("id");
        if (id != null) {
            return (after, offset) -> control.lostAndFound().contents(id, after, offset, 1);
        }
        String server = String.valueOf(request.getParameter("server"));
        long lsn = number(request, "lsn");
        return (after, offset) -> control.transactionLogQueue().contents(server, lsn, after, offset, 1);
    }

    private static UpdateContent part(Source source, int number, long offset) {
        return source.contents(number - 1, offset).stream()
                .filter(update -> update.number() == number && update.bytes() >= 0)
                .filter(update -> offset == 0 || update.content().length > 0)
                .findFirst()
                .orElseThrow(() -> new Refusal(MessageCode.NOTHING_TO_DOWNLOAD, number));
    }

    private static long number(HttpServletRequest request, String name) {
        String text = String.valueOf(request.getParameter(name));
        if (!text.matches("[0-9]{1,18}")) {
            throw new Refusal(MessageCode.NOT_A_WHOLE_NUMBER, name, text);
        }
        return Long.parseLong(text);
    }
}
