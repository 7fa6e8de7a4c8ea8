"""An extension's own answers."""

import base64
import unittest

from pulzarutils.extension import Answer


class AnswerTest(unittest.TestCase):
    def test_data_keeps_the_envelope(self):
        self.assertEqual(
            Answer({'id': 7}, status=201)._pulzar_answer(), {'status': 201, 'msg': '', 'headers': {}, 'data': {'id': 7}}
        )

    def test_an_error_names_itself(self):
        answer = Answer(status=400, msg='no text')._pulzar_answer()
        self.assertEqual((answer['status'], answer['msg'], answer['code']), (400, 'no text', 'extension_refused'))

    def test_a_body_is_sent_as_it_is(self):
        answer = Answer(body='hé', headers={'X-One': 1})._pulzar_answer()
        self.assertEqual(base64.b64decode(answer['base64']).decode(), 'hé')
        self.assertEqual(answer['content_type'], 'text/plain; charset=utf-8')
        self.assertEqual(answer['headers'], {'X-One': '1'})
        self.assertEqual(Answer(body=b'x')._pulzar_answer()['content_type'], 'application/octet-stream')

    def test_what_makes_no_answer_is_refused(self):
        for bad in (
            {'status': 99},
            {'status': True},
            {'status': '200'},
            {'status': 400},
            {'data': 1, 'body': b'x'},
            {'body': 5},
            {'content_type': 'image/png'},
            {'headers': {'X': 'a\r\nY: b'}},
            {'headers': {'': 'a'}},
        ):
            with self.subTest(bad), self.assertRaises(ValueError):
                Answer(**bad)


if __name__ == '__main__':
    unittest.main()
