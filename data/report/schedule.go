package report

// Schedule says when which report goes to whom.
type Schedule struct {
	Name       string   `toml:"name"`
	Cron       string   `toml:"cron"`      // minute hour day-of-month month day-of-week
	TimeZone   string   `toml:"time_zone"` // IANA name; the deployment's when empty
	Border     string   `toml:"border"`
	WithinKM   float64  `toml:"within_km"`
	Period     string   `toml:"period"` // previous month, previous week, previous day, last N days
	Recipients []string `toml:"recipients"`
	Directory  string   `toml:"directory"`
}

// SMTP is the server that mail goes through.
type SMTP struct {
	Host     string `toml:"host"`
	Port     int    `toml:"port"` // 25, or 587 with a user, when 0
	From     string `toml:"from"`
	User     string `toml:"user"`
	Password string `toml:"password"`
	TLS      string `toml:"tls"` // starttls (the default), opportunistic, tls, none
}
