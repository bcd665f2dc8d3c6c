package report

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"strconv"
	"strings"
	"time"

	"github.com/wneessen/go-mail"

	"strikewatch/data"
)

// SMTP is the server that mail goes through.
type SMTP struct {
	Host     string `toml:"host"`
	Port     int    `toml:"port"` // when 0: 465 with tls, 587 with starttls, else 25
	From     string `toml:"from"`
	User     string `toml:"user"`
	Password string `toml:"password"`
	TLS      string `toml:"tls"` // starttls, tls, opportunistic or none; when empty none on this machine, starttls elsewhere
}

const mailTimeout = 60 * time.Second

// check names the field that can not stand and the fix.
func (m SMTP) check() error {
	switch {
	case m.Host == "":
		return invalid("smtp.host", "is missing", `name the mail server, for example host = "127.0.0.1"`)
	case m.From == "":
		return invalid("smtp.from", "is missing", `name the sender, for example from = "Strikewatch <reports@example.org>"`)
	case m.Port < 0 || m.Port > 65535:
		return invalid("smtp.port", fmt.Sprintf("is %d", m.Port), "give a port from 1 to 65535, or leave it out")
	case m.Password != "" && m.User == "":
		return invalid("smtp.user", "is missing although there is a password", "name the user")
	}
	switch m.TLS {
	case "", "starttls", "tls", "opportunistic", "none":
	default:
		return invalid("smtp.tls", fmt.Sprintf("is %q", m.TLS), "use starttls, tls, opportunistic or none")
	}
	if m.User != "" && !m.local() && (m.TLS == "none" || m.TLS == "opportunistic") {
		return invalid("smtp.tls", fmt.Sprintf("is %q, which could send the password in the clear", m.TLS), "use starttls or tls")
	}
	if err := mail.NewMsg().From(m.From); err != nil {
		return invalid("smtp.from", fmt.Sprintf("is %q, which is no address", m.From), `for example from = "Strikewatch <reports@example.org>"`)
	}
	return nil
}

// local tells whether the server is on this machine.
func (m SMTP) local() bool {
	ip := net.ParseIP(m.Host)
	return m.Host == "localhost" || ip != nil && ip.IsLoopback()
}

// policy is what TLS means when it is not said.
func (m SMTP) policy() string {
	switch {
	case m.TLS != "":
		return m.TLS
	case m.local():
		return "none"
	}
	return "starttls"
}

func (m SMTP) port() int {
	switch policy := m.policy(); {
	case m.Port != 0:
		return m.Port
	case policy == "tls":
		return 465
	case policy == "starttls":
		return 587
	}
	return 25
}

func (m SMTP) client() (*mail.Client, error) {
	options := []mail.Option{mail.WithPort(m.port()), mail.WithTimeout(mailTimeout)}
	switch m.policy() {
	case "tls":
		options = append(options, mail.WithSSL())
	case "starttls":
		options = append(options, mail.WithTLSPolicy(mail.TLSMandatory))
	case "opportunistic":
		options = append(options, mail.WithTLSPolicy(mail.TLSOpportunistic))
	default:
		options = append(options, mail.WithTLSPolicy(mail.NoTLS))
	}
	if m.User != "" {
		auth := mail.SMTPAuthAutoDiscover
		if m.policy() == "none" { // on this machine only: check refuses it elsewhere
			auth = mail.SMTPAuthPlainNoEnc
		}
		options = append(options, mail.WithSMTPAuth(auth), mail.WithUsername(m.User), mail.WithPassword(m.Password))
	}
	return mail.NewClient(m.Host, options...)
}

// Mail sends a parcel to one recipient: plain text and HTML, the map inline,
// the strikes as a GeoJSON attachment. An error names the recipient and the
// server.
func (m SMTP) Mail(ctx context.Context, p *Parcel, recipient string, at time.Time) error {
	server := net.JoinHostPort(m.Host, strconv.Itoa(m.port()))
	fail := func(err error) error { return fmt.Errorf("mail to %s through %s: %w", recipient, server, err) }
	msg, err := m.message(p, recipient, at)
	if err != nil {
		return fail(err)
	}
	client, err := m.client()
	if err != nil {
		return fail(err)
	}
	ctx, cancel := context.WithTimeout(ctx, 2*mailTimeout)
	defer cancel()
	if err := client.DialAndSendWithContext(ctx, msg); err != nil {
		return fail(err)
	}
	return nil
}

func (m SMTP) message(p *Parcel, recipient string, at time.Time) (*mail.Msg, error) {
	msg := mail.NewMsg(mail.WithNoDefaultUserAgent())
	if err := msg.From(m.From); err != nil {
		return nil, err
	}
	if err := msg.To(recipient); err != nil {
		return nil, err
	}
	msg.Subject(p.Subject)
	msg.SetDateWithValue(at)
	domain := "localhost"
	if from := msg.GetFrom(); len(from) > 0 {
		domain = from[0].Address[strings.LastIndexByte(from[0].Address, '@')+1:]
	}
	msg.SetMessageIDWithValue(p.ID + "." + slug(recipient) + "@" + domain)
	msg.SetGenHeader("Auto-Submitted", "auto-generated")
	msg.SetBodyString(mail.TypeTextPlain, p.Text)
	msg.AddAlternativeString(mail.TypeTextHTML, string(p.Mail))
	if err := msg.EmbedReader(MapID, bytes.NewReader(p.Map), mail.WithFileContentID(MapID), mail.WithFileContentType("image/png")); err != nil {
		return nil, err
	}
	return msg, msg.AttachReader(p.Name+".geojson", bytes.NewReader(p.GeoJSON), mail.WithFileContentType("application/geo+json"))
}

// checkRecipient tells whether mail can be addressed so.
func checkRecipient(address string) error {
	if err := mail.NewMsg().To(address); err != nil {
		return &data.InvalidError{Field: "recipients", Problem: fmt.Sprintf("has %q, which is no address", address), Hint: `for example recipients = ["desk@example.org"]`}
	}
	return nil
}
