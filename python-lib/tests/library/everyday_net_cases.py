# ruff: noqa: E501, S310, N802, S314, S317, S318, PERF203
"""Messages, addresses, and servers on the machine's own loopback."""

import email
import email.message
import email.mime.multipart
import email.mime.text
import email.policy
import html.parser
import http.client
import http.cookies
import http.server
import io
import ipaddress
import mailbox
import os
import quopri
import socket
import socketserver
import ssl
import threading
import urllib.error
import urllib.parse
import urllib.request
import urllib.robotparser
import wsgiref.simple_server
import xml.dom.minidom
import xml.etree.ElementTree as ET
import xml.sax
import xmlrpc.client
import xmlrpc.server

from runner import kind as attempt


def case_addresses():
    parts = urllib.parse.urlsplit('https://user:p%40ss@host.example:8443/a/b;p?x=1&y=&x=2#frag')
    yield (
        parts,
        parts.hostname,
        parts.port,
        parts.username,
        parts.password,
        parts.geturl(),
        urllib.parse.urlparse('//h/p;q')._replace(scheme='http').geturl(),
        attempt(lambda: urllib.parse.urlsplit('http://h:x/').port),
        attempt(urllib.parse.urlsplit, 'http://[::1'),
        urllib.parse.urlsplit('http://[::1]:80/').hostname,
    )
    yield (
        urllib.parse.parse_qs('a=1&b=&a=%C3%A9+x'),
        urllib.parse.parse_qsl('a=1&b', keep_blank_values=True),
        attempt(urllib.parse.parse_qs, 'a', strict_parsing=True),
        urllib.parse.urlencode({'a': 'é x', 'b': [1, 2]}, doseq=True),
        urllib.parse.quote('a b/é&'),
        urllib.parse.quote_plus('a b/'),
        urllib.parse.unquote('%C3%A9%zz%FF'),
        urllib.parse.unquote_plus('a+b'),
        urllib.parse.quote('x/y', safe=''),
        urllib.parse.unquote_to_bytes('%ff'),
        urllib.parse.urldefrag('a#b'),
    )
    for base, link in (
        ('http://a/b/c/d?q', '../x'),
        ('http://a/b/', '//h/y'),
        ('http://a/b', '?z'),
        ('http://a/b', ''),
        ('http://a/b/c', '/x/./y/../z'),
        ('http://a', 'mailto:x@y'),
        ('http://a/b', '#f'),
    ):
        yield urllib.parse.urljoin(base, link)
    yield (
        ipaddress.ip_address('192.168.1.1').is_private,
        list(ipaddress.ip_network('10.0.0.0/30').hosts()),
        ipaddress.ip_address('::1').exploded,
        attempt(ipaddress.ip_address, '1.2.3'),
        attempt(ipaddress.ip_network, '10.0.0.1/8'),
        ipaddress.ip_interface('10.0.0.5/24').network,
        ipaddress.ip_address('10.0.0.1') + 5,
        ipaddress.ip_network('10.0.0.0/8').supernet_of(ipaddress.ip_network('10.1.0.0/16')),
        list(
            ipaddress.collapse_addresses([ipaddress.ip_network('10.0.0.0/25'), ipaddress.ip_network('10.0.0.128/25')])
        ),
        int(ipaddress.ip_address('1.2.3.4')),
        ipaddress.ip_address(b'\x01\x02\x03\x04'),
    )


def case_messages():
    text = 'From: J\u00e4n <a@b.c>\r\nTo: x@y.z, "Q, R" <q@r.s>\r\nSubject: =?utf-8?q?caf=C3=A9?=\r\nDate: Thu, 29 Feb 2024 23:05:07 +0100\r\nContent-Type: text/plain; charset="utf-8"\r\nContent-Transfer-Encoding: base64\r\n\r\nY2Fmw6k=\r\n'
    message = email.message_from_string(text, policy=email.policy.default)
    yield (
        message['subject'],
        message['to'].addresses[1].addr_spec,
        message.get_content(),
        message['date'].datetime,
        message.get_content_type(),
        message.keys(),
        message['nope'],
        message.is_multipart(),
        message.get_content_charset(),
    )
    made = email.message.EmailMessage()
    made['Subject'], made['From'], made['To'] = 'Grüße', 'me <me@x.y>', 'you@x.y'
    made.set_content('Text é\n')
    made.add_alternative('<p>é</p>', subtype='html')
    made.add_attachment(b'\x00\x01', maintype='application', subtype='octet-stream', filename='d\u00e4ta.bin')
    made.set_boundary('BOUND') if made.is_multipart() else None
    shown = made.as_string()
    yield (
        made.get_content_type(),
        [part.get_content_type() for part in made.walk()],
        made.get_body(('plain',)).get_content(),
        [part.get_filename() for part in made.iter_attachments()],
        shown.splitlines()[:4],
        'BOUND' in shown,
        attempt(made.__setitem__, 'Subject', 'again'),
        attempt(made.__setitem__, 'X', 'a\nb'),
    )
    old = email.mime.multipart.MIMEMultipart(boundary='b')
    old.attach(email.mime.text.MIMEText('é', 'plain', 'utf-8'))
    old['Subject'] = email.header.Header('é', 'utf-8')
    yield (
        old.as_string(),
        email.header.decode_header('=?utf-8?b?w6k=?= x'),
        email.utils.parseaddr('A B <a@b>'),
        email.utils.formataddr(('é', 'a@b')),
        email.utils.getaddresses(['a@b, C <c@d>']),
        quopri.encodestring(b'a=\xc3\xa9'),
        email.message_from_bytes(b'A: b\n\nbody').get_payload(),
    )
    path = os.path.abspath('everyday.mbox')
    box = mailbox.mbox(path)
    box.add('From: a@b\n\nfirst')
    yield len(box), box[0]['from'], [m.get_payload() for m in box], box.close()
    os.remove(path)


def case_cookies_and_markup():
    cookies = http.cookies.SimpleCookie('a=1; b="x y"; c')
    cookies['new'] = 'v;x'
    cookies['new']['path'] = '/'
    cookies['new']['httponly'] = True
    cookies['new']['max-age'] = 5
    yield (
        cookies.output(),
        {k: v.value for k, v in cookies.items()},
        attempt(cookies.__setitem__, 'bad key', 'v'),
        cookies['new'].OutputString(),
        attempt(lambda: http.cookies.SimpleCookie(x=1)['x'].__setitem__('nope', 1)),
    )

    class Links(html.parser.HTMLParser):
        def __init__(self):
            super().__init__()
            self.seen = []

        def handle_starttag(self, tag, attrs):
            self.seen.append((tag, attrs))

        def handle_data(self, data):
            self.seen.append(data)

        def handle_comment(self, data):
            self.seen.append(('comment', data))

        def handle_endtag(self, tag):
            self.seen.append(('end', tag))

    links = Links()
    links.feed(
        '<p class=a>x &amp; y<br/><a href="?a=1&b=2" disabled>l</a><!-- c --><script>if (a<b) {}</script>&eacute;<'
    )
    links.close()
    yield links.seen
    robots = urllib.robotparser.RobotFileParser()
    robots.parse(['User-agent: *', 'Disallow: /private', 'Crawl-delay: 3'])
    yield robots.can_fetch('x', 'http://h/private/a'), robots.can_fetch('x', 'http://h/'), robots.crawl_delay('x')


def case_documents():
    root = ET.fromstring('<r xmlns:n="urn:n"><a id="1">t<b/>tail</a><a id="2"/><n:c/><!-- x --></r>')
    yield (
        [e.get('id') for e in root.findall('a')],
        root.find('.//b').tail,
        root.findtext('a'),
        [e.tag for e in root.iter()],
        root.find('n:c', {'n': 'urn:n'}).tag,
        ET.tostring(root),
        ''.join(root.itertext()),
        root.findall("a[@id='2']"),
        root.find('nope'),
        len(root),
        attempt(root.find, 'a['),
        root.findall('./a[1]/b'),
    )
    new = ET.Element('x', {'k': 'v&"<'})
    ET.SubElement(new, 'y').text = 'é<&>'
    new.append(ET.Comment('c'))
    ET.indent(new)
    yield (
        ET.tostring(new, 'unicode'),
        ET.tostring(new),
        ET.tostring(new, 'utf-8', xml_declaration=True),
        ET.tostring(new, 'us-ascii'),
        ET.tostring(ET.fromstring('<a/>'), short_empty_elements=False),
        ET.canonicalize('<a  b="1"  a="2"/>'),
        ET.iselement(new),
        attempt(ET.tostring, ET.Element(5)),
    )
    for text in (
        '<a>',
        '<a></b>',
        '<a>&nbsp;</a>',
        '',
        'x',
        '<a b=c/>',
        '<a b="1" b="2"/>',
        '<a/><b/>',
        '<a>\x01</a>',
        '<a><![CDATA[',
        '<?xml version="1.0" encoding="nope"?><a/>',
        '<n:a/>',
        '<a>]]></a>',
        '<!DOCTYPE a [<!ENTITY e "v">]><a>&e;</a>',
        '<a b="&x;"/>',
        '<a\n b="1"\n c=\'2/>',
        '</a>',
        '<a><',
        '<1/>',
        '<a>&#0;</a>',
    ):
        try:
            yield ET.tostring(ET.fromstring(text))
        except ET.ParseError as error:
            yield text, str(error), error.code, error.position
        except Exception as error:
            yield text, type(error).__name__
    pull = ET.XMLPullParser(['start', 'end', 'start-ns', 'comment', 'pi'])
    pull.feed('<a xmlns:x="u"><b>')
    first = [(event, getattr(value, 'tag', value)) for event, value in pull.read_events()]
    pull.feed('t</b><!--c--><?p i?></a>')
    yield (
        str(first),
        [(event, getattr(value, 'text', value)) for event, value in pull.read_events()],
        pull.close(),
        [(e, v.tag) for e, v in ET.iterparse(io.BytesIO(b'<a><b/></a>'), ['start', 'end'])],
        attempt(list, ET.iterparse(io.BytesIO(b'<a>'))),
        attempt(ET.XMLPullParser, ['nope']),
    )
    document = xml.dom.minidom.parseString('<a x="1"><b>t</b><!-- c --></a>')
    yield (
        document.documentElement.getAttribute('x'),
        document.toxml(),
        document.documentElement.toprettyxml(indent=' '),
        document.getElementsByTagName('b')[0].firstChild.data,
        [n.nodeType for n in document.documentElement.childNodes],
        attempt(xml.dom.minidom.parseString, '<a>'),
    )

    class Handler(xml.sax.ContentHandler):
        def __init__(self):
            super().__init__()
            self.seen = []

        def startElement(self, name, attrs):
            self.seen.append((name, dict(attrs), self._locator.getLineNumber()))

        def characters(self, content):
            self.seen.append(content)

    handler = Handler()
    xml.sax.parseString('<a>x\n<b c="1"/>y</a>', handler)
    yield (
        handler.seen,
        attempt(xml.sax.parseString, '<a>\n<b></a>', handler),
        xml.sax.saxutils.escape('<&>"', {'"': '&quot;'}),
        xml.sax.saxutils.quoteattr('a"b'),
        xmlrpc.client.dumps((1, 'é', [True, None], {'a': 2.5}), 'm', allow_none=True),
        xmlrpc.client.loads(xmlrpc.client.dumps((xmlrpc.client.DateTime(0), b'x'), 'n'))[0][1].data,
    )


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'

    def do_GET(self):
        if self.path == '/missing':
            self.send_error(404, 'gone')
            return
        if self.path == '/redirect':
            self.send_response(302)
            self.send_header('Location', '/x')
            self.send_header('Content-Length', '0')
            self.end_headers()
            return
        body = f'{self.command} {self.path} {self.headers.get("X-Test")}'.encode()
        self.send_response(200)
        self.send_header('Content-Type', 'text/plain; charset=utf-8')
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self):
        body = self.rfile.read(int(self.headers['Content-Length']))
        self.send_response(201)
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body[::-1])

    def log_message(self, *details):
        pass


def case_http():
    with http.server.ThreadingHTTPServer(('127.0.0.1', 0), _Handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        url = f'http://127.0.0.1:{server.server_port}'
        with urllib.request.urlopen(urllib.request.Request(url + '/a?b=1', headers={'X-Test': 'yes'})) as answer:
            yield (
                answer.status,
                answer.read(),
                answer.headers.get_content_charset(),
                answer.headers['content-type'],
                answer.geturl() == url + '/a?b=1',
                answer.reason,
            )
        yield (
            urllib.request.urlopen(url, b'data').read(),
            urllib.request.urlopen(url + '/redirect').geturl() == url + '/x',
        )
        try:
            urllib.request.urlopen(url + '/missing')
        except urllib.error.HTTPError as error:
            yield str(error), error.code, error.reason, b'gone' in error.read(), error.headers['Connection']
        connection = http.client.HTTPConnection('127.0.0.1', server.server_port, timeout=5)
        connection.request('GET', '/one')
        one = connection.getresponse()
        first = one.status, one.reason, one.read(), one.getheader('Content-Length'), one.version
        connection.request('POST', '/two', body='abc', headers={'A': 'b'})
        two = connection.getresponse()
        yield (
            first,
            two.status,
            two.read(),
            two.closed,
            connection.close(),
            attempt(connection.putheader, 'x', 'y'),
            attempt(http.client.HTTPConnection, 'h:x'),
            http.HTTPStatus(404).phrase,
        )
        opener = urllib.request.build_opener()
        opener.addheaders = [('X-Test', 'opener')]
        yield opener.open(url + '/o').read(), server.shutdown()
    port = server.server_port
    yield (
        attempt(urllib.request.urlopen, f'http://127.0.0.1:{port}/'),
        attempt(urllib.request.urlopen, 'nope://x'),
        attempt(urllib.request.urlopen, 'x'),
        attempt(urllib.request.urlopen, 'http://no.such.host.invalid/'),
        urllib.request.urlopen('data:text/plain,hi').read(),
    )

    def application(environment, start):
        start('200 OK', [('Content-Type', 'text/plain')])
        return [environment['PATH_INFO'].encode()]

    class Quiet(wsgiref.simple_server.WSGIRequestHandler):
        def log_message(self, *details):
            pass

    with wsgiref.simple_server.make_server('127.0.0.1', 0, application, handler_class=Quiet) as server:
        threading.Thread(target=server.handle_request, daemon=True).start()
        yield urllib.request.urlopen(f'http://127.0.0.1:{server.server_port}/wsgi').read()
    with xmlrpc.server.SimpleXMLRPCServer(('127.0.0.1', 0), logRequests=False) as server:
        server.register_function(pow)
        threading.Thread(target=server.handle_request, daemon=True).start()
        with xmlrpc.client.ServerProxy(f'http://127.0.0.1:{server.server_address[1]}') as proxy:
            yield proxy.pow(2, 5)


def case_sockets():
    class Echo(socketserver.StreamRequestHandler):
        def handle(self):
            self.wfile.write(self.rfile.readline().upper())

    with socketserver.TCPServer(('127.0.0.1', 0), Echo) as server:
        threading.Thread(target=server.handle_request, daemon=True).start()
        with socket.create_connection(server.server_address, timeout=5) as client:
            yield (
                client.sendall(b'hello\n'),
                client.recv(100),
                client.getpeername()[0],
                client.gettimeout(),
                client.family,
                client.type,
                client.fileno() >= 0,
            )
        yield attempt(client.send, b'x'), client
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        yield (
            listener.bind(('127.0.0.1', 0)),
            listener.getsockname()[0],
            listener.listen(),
            listener.settimeout(0.01),
            attempt(listener.accept),
            listener.setblocking(False),
            attempt(listener.accept),
            attempt(listener.connect, ('127.0.0.1', 'x')),
        )
        port = listener.getsockname()[1]
        with socket.socket() as second:
            yield port > 0, attempt(second.connect, 5), attempt(socket.create_connection, ('127.0.0.1', 1), 1)
    with (
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as two,
    ):
        one.bind(('127.0.0.1', 0))
        yield (
            two.sendto(b'datagram', one.getsockname()),
            one.recvfrom(100)[0],
            attempt(one.recv, -1),
            socket.inet_aton('1.2.3.4'),
            socket.inet_ntop(socket.AF_INET6, b'\0' * 15 + b'\1'),
            socket.htons(1),
            attempt(socket.inet_aton, 'x'),
            socket.getaddrinfo('127.0.0.1', 80, type=socket.SOCK_STREAM)[0][4],
            attempt(socket.getaddrinfo, 'no.such.host.invalid', 80),
            socket.gethostbyname('127.0.0.1'),
            socket.timeout is TimeoutError,
            isinstance(socket.gethostname(), str),
            socket.has_ipv6,
        )
    left, right = socket.socketpair()
    with left, right, left.makefile('rw') as lines:
        yield lines.write('x\n'), lines.flush(), right.recv(10), right.shutdown(socket.SHUT_WR), lines.read()
    yield (
        ssl.create_default_context().verify_mode,
        ssl.create_default_context().check_hostname,
        ssl.OPENSSL_VERSION != '',
        ssl.PROTOCOL_TLS_CLIENT.name,
    )
