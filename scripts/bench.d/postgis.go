package main

import (
	"embed"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

//go:embed sql
var statements embed.FS

// statement returns one of the SQL files.
func statement(name string) string {
	text, err := statements.ReadFile("sql/" + name + ".sql")
	if err != nil {
		panic(err) // it is embedded under the name that the code gives
	}
	return string(text)
}

// postgis is a cluster of its own, on a socket in a temporary directory.
type postgis struct {
	b        *bench
	programs string // directory of initdb and pg_ctl
	dir      string // of the data and the socket
	as       *syscall.Credential
	has      map[string]bool // parts that are loaded
}

// peer starts the cluster when it is first asked for; nil when no peers are
// wanted.
func (b *bench) peer() (*postgis, error) {
	if b.alone || b.postgis != nil {
		return b.postgis, nil
	}
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err != nil || len(found) == 0 {
		return nil, errors.Join(err, errors.New("there is no PostgreSQL; run scripts/bootstrap --bench"))
	}
	slices.Sort(found)
	p := &postgis{b: b, programs: filepath.Dir(found[len(found)-1]), has: map[string]bool{}}
	if p.dir, err = os.MkdirTemp("", "strikewatch-postgis-"); err != nil {
		return nil, err
	}
	b.postgis = p
	if os.Geteuid() == 0 {
		if err := p.becomePostgres(); err != nil {
			return nil, err
		}
	}
	data := filepath.Join(p.dir, "data")
	if err := p.run(nil, filepath.Join(p.programs, "initdb"), "--no-sync", "--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C.UTF-8", "--pgdata="+data); err != nil {
		return nil, err
	}
	settings, err := statements.ReadFile("sql/settings.conf")
	if err != nil {
		return nil, err
	}
	settings = fmt.Appendf(settings, "unix_socket_directories = '%s'\n", p.dir)
	f, err := os.OpenFile(filepath.Join(data, "postgresql.conf"), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		return nil, err
	}
	if _, err := f.Write(settings); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	if err := f.Close(); err != nil {
		return nil, err
	}
	if err := p.run(nil, filepath.Join(p.programs, "pg_ctl"), "--pgdata="+data, "--wait", "--log="+filepath.Join(p.dir, "log"), "start"); err != nil {
		return nil, err
	}
	return p, p.sql(nil, "CREATE EXTENSION postgis; CREATE EXTENSION btree_gist;")
}

// becomePostgres: PostgreSQL refuses to run as root.
func (p *postgis) becomePostgres() error {
	u, err := user.Lookup("postgres")
	if err != nil {
		return err
	}
	uid, err := strconv.Atoi(u.Uid)
	if err != nil {
		return err
	}
	gid, err := strconv.Atoi(u.Gid)
	if err != nil {
		return err
	}
	p.as = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	return os.Chown(p.dir, uid, gid)
}

func (p *postgis) stop() error {
	stopped := p.run(nil, filepath.Join(p.programs, "pg_ctl"), "--pgdata="+filepath.Join(p.dir, "data"), "--mode=immediate", "--wait", "stop")
	return errors.Join(stopped, os.RemoveAll(p.dir))
}

func (p *postgis) command(name string, args ...string) *exec.Cmd {
	cmd := quiet(p.b.ctx, name, args...)
	if strings.HasSuffix(name, "pg_ctl") {
		cmd = exec.Command(name, args...) // also when all else is to end
	}
	cmd.Dir = p.dir
	cmd.Env = append(os.Environ(), "PGHOST="+p.dir, "PGUSER=postgres", "PGDATABASE=postgres", "PGCLIENTENCODING=UTF8")
	if p.as != nil {
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: p.as}
	}
	return cmd
}

// run waits for a command. Its output goes to a file, since a server that it
// starts would keep a pipe open.
func (p *postgis) run(in io.Reader, name string, args ...string) error {
	out, err := os.CreateTemp(p.dir, "output-")
	if err != nil {
		return err
	}
	defer out.Close()
	cmd := p.command(name, args...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = in, out, out
	if err := cmd.Run(); err != nil {
		text, _ := os.ReadFile(out.Name())
		return fmt.Errorf("%s: %w\n%s", filepath.Base(name), err, text)
	}
	return os.Remove(out.Name())
}

// sql runs statements; in feeds a COPY FROM STDIN that ends them.
func (p *postgis) sql(in io.Reader, text string) error {
	return p.run(in, "psql", "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--command="+text)
}

// ask returns the rows of a query as text, a tab between columns.
func (p *postgis) ask(text string) (rows []string, took time.Duration, err error) {
	cmd := p.command("psql", "--no-psqlrc", "--quiet", "--no-align", "--tuples-only", "--field-separator=\t", "--set=ON_ERROR_STOP=1", "--command="+text)
	start := time.Now()
	out, err := cmd.Output()
	took = time.Since(start)
	if err != nil {
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			err = fmt.Errorf("psql: %w\n%s", err, exit.Stderr)
		}
		return nil, took, err
	}
	return strings.Split(strings.TrimSuffix(string(out), "\n"), "\n"), took, nil
}

// load runs a script n times over the connections and returns the latencies.
func (p *postgis) load(script string, n int, variables ...string) (*load, error) {
	file := filepath.Join(p.dir, "script.sql")
	if err := os.WriteFile(file, []byte(statement(script)), 0o644); err != nil {
		return nil, err
	}
	args := []string{"--no-vacuum", "--protocol=prepared", "--client=" + strconv.Itoa(connections), "--jobs=2", "--transactions=" + strconv.Itoa(max(1, n/connections)),
		"--log", "--log-prefix=" + filepath.Join(p.dir, "latency"), "--file=" + file}
	for _, v := range variables {
		args = append(args, "--define="+v)
	}
	start := time.Now()
	if err := p.run(nil, filepath.Join(p.programs, "pgbench"), args...); err != nil {
		return nil, err
	}
	l := &load{took: time.Since(start)}
	logs, err := filepath.Glob(filepath.Join(p.dir, "latency.*"))
	if err != nil {
		return nil, err
	}
	for _, name := range logs {
		text, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		for line := range strings.Lines(string(text)) {
			micros, err := strconv.ParseInt(strings.Fields(line)[2], 10, 64)
			if err != nil {
				return nil, fmt.Errorf("log of pgbench: %w", err)
			}
			l.latencies = append(l.latencies, time.Duration(micros)*time.Microsecond)
		}
		if err := os.Remove(name); err != nil {
			return nil, err
		}
	}
	slices.Sort(l.latencies)
	return l, nil
}
