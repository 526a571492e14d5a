import { aiosmtpdLog } from "./aiosmtpd-log.js";
import { clientServer } from "./client-server.js";
import { commonsNet } from "./commons-net.js";
import { curlTrace } from "./curl-trace.js";
import { curlTraceAscii } from "./curl-trace-ascii.js";
import { curlV } from "./curl-v.js";
import { deliveryLine } from "./delivery-line.js";
import { deliveryReport } from "./delivery-report.js";
import { dovecotRawlog } from "./dovecot-rawlog.js";
import { exchangeProtocolLog } from "./exchange-protocol-log.js";
import { eximBh } from "./exim-bh.js";
import { eximBs } from "./exim-bs.js";
import { eximDebug } from "./exim-debug.js";
import { eximV } from "./exim-v.js";
import { gnutlsCli } from "./gnutls-cli.js";
import { harakaLog } from "./haraka-log.js";
import { hmailserverLog } from "./hmailserver-log.js";
import { iisSmtpLog } from "./iis-smtp-log.js";
import { javamailDebug } from "./javamail-debug.js";
import { kumomtaTrace } from "./kumomta-trace.js";
import { eximMainlog, sendmailMaillog } from "./mail-log.js";
import { mailkit } from "./mailkit.js";
import { msmtpDebug } from "./msmtp-debug.js";
import { muttDebug } from "./mutt-debug.js";
import { nc } from "./nc.js";
import { ncat } from "./ncat.js";
import { ngrepByline, ngrepBylineT } from "./ngrep-byline.js";
import { ngrepPlain } from "./ngrep-plain.js";
import { nodeSmtpServerLog } from "./node-smtp-server-log.js";
import { nodemailer } from "./nodemailer.js";
import { opensmtpdSmtpClient } from "./opensmtpd-smtp-client.js";
import { opensmtpdTrace } from "./opensmtpd-trace.js";
import { opensslSClient } from "./openssl-s_client.js";
import { pearNetSmtp } from "./pear-net-smtp.js";
import { perlNetSmtp } from "./perl-net-smtp.js";
import { phpmailerDebug1, phpmailerDebug2, phpmailerDebug3, phpmailerDebug4 } from "./phpmailer.js";
import { phpmailerHtml } from "./phpmailer-html.js";
import { postfixDsn } from "./postfix-dsn.js";
import { postfixMaillog } from "./postfix-maillog.js";
import { postfixMaillogDebugPeer } from "./postfix-maillog-debug-peer.js";
import { postfixNotifyTranscript } from "./postfix-notify-transcript.js";
import { posttlsFinger } from "./posttls-finger.js";
import { pythonSmtplibDebug1, pythonSmtplibDebug2 } from "./python-smtplib.js";
import { raw } from "./raw.js";
import { rubyNetSmtp } from "./ruby-net-smtp.js";
import { sNailV } from "./s-nail-v.js";
import { scriptTypescript } from "./script-typescript.js";
import { sendmailBs } from "./sendmail-bs.js";
import { sendmailDsn } from "./sendmail-dsn.js";
import { sendmailV } from "./sendmail-v.js";
import { smtpSink } from "./smtp-sink.js";
import { smtpSource } from "./smtp-source.js";
import { socatV } from "./socat-v.js";
import { stalwartLog } from "./stalwart-log.js";
import { swaks } from "./swaks.js";
import { tcpdumpCapitalA } from "./tcpdump-capital-a.js";
import { tcpdumpV } from "./tcpdump-v.js";
import { tcpflowC } from "./tcpflow-c.js";
import { tcpflowCapitalC } from "./tcpflow-capital-c.js";
import { telnet } from "./telnet.js";
import { tsharkFollow } from "./tshark-follow.js";
import { tsharkFollowHex } from "./tshark-follow-hex.js";
import { tsharkOSmtp } from "./tshark-o-smtp.js";
import { tsharkSummary } from "./tshark-summary.js";
import type { Dialect } from "./types.js";

/** Every dialect that can be read. Order only breaks ties in listings; detection is by score. */
export const dialects: readonly Dialect[] = [
  clientServer,
  swaks,
  curlV,
  curlTraceAscii,
  curlTrace,
  msmtpDebug,
  sNailV,
  muttDebug,
  pythonSmtplibDebug1,
  pythonSmtplibDebug2,
  perlNetSmtp,
  phpmailerDebug1,
  phpmailerDebug2,
  phpmailerDebug3,
  phpmailerDebug4,
  phpmailerHtml,
  pearNetSmtp,
  rubyNetSmtp,
  nodemailer,
  mailkit,
  opensmtpdSmtpClient,
  posttlsFinger,
  smtpSource,
  smtpSink,
  eximV,
  eximDebug,
  eximBs,
  eximBh,
  sendmailV,
  sendmailBs,
  telnet,
  nc,
  ncat,
  opensslSClient,
  gnutlsCli,
  scriptTypescript,
  javamailDebug,
  commonsNet,
  postfixMaillogDebugPeer,
  postfixMaillog,
  postfixNotifyTranscript,
  opensmtpdTrace,
  harakaLog,
  aiosmtpdLog,
  nodeSmtpServerLog,
  dovecotRawlog,
  deliveryReport,
  postfixDsn,
  sendmailDsn,
  eximMainlog,
  sendmailMaillog,
  deliveryLine,
  socatV,
  tsharkFollow,
  tsharkFollowHex,
  tcpflowC,
  tcpflowCapitalC,
  tsharkOSmtp,
  tsharkSummary,
  tcpdumpCapitalA,
  tcpdumpV,
  ngrepPlain,
  ngrepByline,
  ngrepBylineT,
  exchangeProtocolLog,
  iisSmtpLog,
  hmailserverLog,
  stalwartLog,
  kumomtaTrace,
  raw,
];

/** A dialect by its id. */
export function dialectById(id: string): Dialect | undefined {
  return dialects.find((dialect) => dialect.id === id);
}
