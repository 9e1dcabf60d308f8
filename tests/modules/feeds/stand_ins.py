"""Stand-ins of Telegram, Viber and Bluesky over real HTTP: what their documentation says of posts.

`fails` answers the next requests of a kind otherwise: a status, „lost“ for an answer that never
arrives though it was done, or what is called instead of it. `puts` counts posts that were made.
"""

import json
from email.parser import BytesParser
from urllib.parse import parse_qs

ACCOUNT = {"telegram": "@kula", "bluesky": "kula.bsky.social"}


def said(status, body):
    return status, {"Content-Type": "application/json"}, json.dumps(body).encode()


def is_unheard(failure):
    """Whether the answer never arrives; what is called instead of it, is."""
    if callable(failure):
        failure()
    return failure is not None


class Routed(dict):
    """Pages of a stand-in: `answer(path)` gives who answers, or None."""

    def __init__(self, pages, answer):
        super().__init__(pages)
        self.answer = answer

    def get(self, key, other=None):
        path = key[1] if isinstance(key, tuple) else key
        return self.answer(path) or super().get(key, other)


class StandIn:
    """A network whose posts lie in `statuses`; `token` opens it."""

    def __init__(self, elsewhere):
        self.address, self.token = elsewhere.address, "right"
        self.statuses, self.media, self.fails, self.puts = {}, {}, {}, 0
        elsewhere.pages = self.pages = Routed(elsewhere.pages, self.route)

    def texts(self):
        return [one["text"] for one in self.statuses.values()]

    def done(self, kind, do):
        """What was planned for a request of that kind, or what `do` says."""
        planned = self.fails.get(kind, [])
        failure = planned.pop(0) if planned else None
        if isinstance(failure, int):
            return self.fault(failure)
        answer = do()
        return None if is_unheard(failure) else answer


class Telegram(StandIn):
    """The Bot API: every method is a POST, its token stands in the path."""

    CHAT = {"id": -1001, "type": "channel", "title": "Кула", "username": "kula"}

    def route(self, path):
        token, _slash, method = path.removeprefix("/bot").partition("/")
        if not path.startswith("/bot"):
            return None
        return lambda handler, body: self.act(token, method, fields_of(handler, body))

    def act(self, token, method, told):
        if token != self.token:
            return self.fault(401)
        if told.get("chat_id") not in (None, "@kula", "-1001"):
            return self.fault(400)
        return self.done(KINDS.get(method, method), lambda: getattr(self, method)(told))

    def fault(self, status):
        more = {"parameters": {"retry_after": 90}} if status == 429 else {}
        told = {"ok": False, "error_code": status, "description": "as it was planned"}
        return said(status, told | more)

    def getMe(self, told):
        return self.ok({"id": 7, "is_bot": True, "username": "kula_bot"})

    def getChat(self, told):
        return self.ok(self.CHAT)

    def getChatMember(self, told):
        return self.ok({"status": "administrator", "can_post_messages": True})

    def sendMessage(self, told):
        return self.keep({"text": told["text"]})

    def sendPhoto(self, told):
        self.media[self.puts] = told["photo"]
        return self.keep({"text": told["caption"], "is_picture": True})

    def editMessageText(self, told):
        return self.edit(told, told["text"], is_picture=False)

    def editMessageCaption(self, told):
        return self.edit(told, told["caption"], is_picture=True)

    def edit(self, told, text, *, is_picture):
        one = self.statuses[told["message_id"]]
        assert one.get("is_picture", False) == is_picture
        if one["text"] == text:
            description = "Bad Request: message is not modified"
            return said(400, {"ok": False, "description": description})
        one["text"] = text
        return self.ok(self.shown(told["message_id"]))

    def deleteMessage(self, told):
        if self.statuses.pop(told["message_id"], None) is None:
            description = "Bad Request: message to delete not found"
            return said(400, {"ok": False, "description": description})
        return said(200, {"ok": True, "result": True})

    def keep(self, status):
        self.puts += 1
        self.statuses[str(self.puts)] = status
        return self.ok(self.shown(self.puts))

    def shown(self, number):
        return {"message_id": int(number), "chat": self.CHAT}

    def ok(self, result):
        return said(200, {"ok": True, "result": result})


KINDS = {"sendMessage": "put", "sendPhoto": "put", "post": "put"}


def fields_of(handler, body):
    """Fields of a form, a picture as its bytes."""
    kind = handler.headers["Content-Type"]
    if not kind.startswith("multipart/"):
        return {name: values[0] for name, values in parse_qs(body.decode()).items()}
    parts = BytesParser().parsebytes(f"Content-Type: {kind}\r\n\r\n".encode() + body)
    told = {}
    for part in parts.get_payload():
        content = part.get_payload(decode=True)
        name = part.get_param("name", header="content-disposition")
        told[name] = content if part.get_filename() else content.decode()
    return told


class Viber(StandIn):
    """The Channels Post API: the token stands in the body, a refusal is a status in a 200."""

    hook = ""

    def route(self, path):
        if not path.startswith("/pa/"):
            return None
        return lambda handler, body: self.act(path.removeprefix("/pa/"), json.loads(body))

    def act(self, method, told):
        if told["auth_token"] != self.token:
            return said(200, {"status": 2, "status_message": "invalidAuthToken"})
        return self.done(KINDS.get(method, method), lambda: getattr(self, method)(told))

    def fault(self, status):
        if status >= 500:
            return said(status, {})
        return said(200, {"status": status, "status_message": "as it was planned"})

    def get_account_info(self, told):
        members = [{"id": "b", "role": "admin"}, {"id": "a=", "role": "superadmin"}]
        named = {"id": "pa:1", "name": "Община Горно село", "members": members}
        return said(200, {"status": 0, **named})

    def set_webhook(self, told):
        self.hook = told["url"]
        return said(200, {"status": 0, "event_types": []})

    def post(self, told):
        if not self.hook:
            return said(200, {"status": 10, "status_message": "webhookNotSet"})
        assert told["from"] == "a=" and told["type"] in ("text", "picture")
        if told["type"] == "picture":
            assert len(told["text"]) <= 512
            assert all(told[name].endswith(".jpeg") for name in ("media", "thumbnail"))
            self.media[self.puts] = told["media"], told["thumbnail"]
        self.puts += 1
        self.statuses[str(self.puts)] = {"text": told["text"]}
        return said(200, {"status": 0, "message_token": 5_000 + self.puts})


class Bluesky(StandIn):
    """Sessions, blobs and records of one repository; a record is replaced under its key."""

    SESSION = {"did": "did:plc:kula", "handle": "kula.bsky.social", "accessJwt": "jwt"}

    def route(self, path):
        if not path.startswith("/xrpc/"):
            return None
        method = path.rpartition(".")[2]
        return lambda handler, body: self.act(method, handler, body)

    def act(self, method, handler, body):
        if method == "createSession":
            told = json.loads(body)
            is_known = told["password"] == self.token and told["identifier"] in (
                *("kula.bsky.social", "did:plc:kula"),
            )
            if not is_known:
                return self.fault(401)
            return self.done("session", lambda: said(200, self.SESSION))
        if handler.headers["Authorization"] != "Bearer jwt":
            return self.fault(401)
        if method == "uploadBlob":
            self.media[len(self.media)] = body
            blob = {"$type": "blob", "mimeType": handler.headers["Content-Type"]}
            return self.done("media", lambda: said(200, {"blob": blob}))
        told = json.loads(body)
        assert told["repo"] == "did:plc:kula"
        kind, do = ("put", self.put) if method == "putRecord" else ("delete", self.delete)
        return self.done(kind, lambda: do(told))

    def fault(self, status):
        return said(status, {"error": "Planned", "message": "as it was planned"})

    def put(self, told):
        self.puts += told["rkey"] not in self.statuses
        self.statuses[told["rkey"]] = told["record"]
        return said(200, {"uri": f"at://did:plc:kula/app.bsky.feed.post/{told['rkey']}"})

    def delete(self, told):
        self.statuses.pop(told["rkey"], None)
        return said(200, {})
